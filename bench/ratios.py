#!/usr/bin/env python3
"""Ratios of this project to its peers out of one run of the peer kit.

usage: ratios.py FILE [OURS]    FILE holds section,case,peer,size,metric,value,unit lines, OURS is our peer name without -t1 (default mlir)

Prints for each case, size and number of threads our time over that of the hand-written code, of the best compiled C, and of Numba, numexpr and eager
Tensor; then the geometric means. Below 1 we are faster.
"""
import collections
import math
import statistics
import sys

HAND = ("c-hand", "c-hand-nt")
COMPILED = ("c-clang22", "c-gcc12")
OTHERS = ("numba", "numexpr", "net-tp")


def read(path):
    times = collections.defaultdict(list)
    with open(path) as lines:
        for line in lines:
            parts = line.rstrip("\n").split(",")
            if len(parts) == 7 and parts[0] == "B" and parts[4] == "med":
                peer, threads = parts[2].rsplit("-t", 1)
                times[parts[1], int(parts[3]), int(threads), peer].append(float(parts[5]))
    return {key: statistics.median(values) for key, values in times.items()}


def mean(ratios):
    return math.exp(statistics.fmean(math.log(r) for r in ratios)) if ratios else float("nan")


def main(path, ours="mlir"):
    times = read(path)
    columns = ("hand", "compiled C") + OTHERS
    collected = collections.defaultdict(list)
    print("| case | size | threads | ns/element | " + " | ".join(columns) + " |")
    print("|---" * (4 + len(columns)) + "|")
    for case, size, threads, peer in sorted(times):
        if peer != ours:
            continue
        mine = times[case, size, threads, ours]
        cells = []
        for column, peers in zip(columns, (HAND, COMPILED) + tuple((o,) for o in OTHERS)):
            # Eager Tensor and some others run on one thread only.
            found = [times[k] for p in peers for t in (threads, 1) if (k := (case, size, t, p)) in times and (t == threads or column == "net-tp")]
            if found:
                ratio = mine / min(found)
                collected[column].append(ratio)
                cells.append(f"{ratio:.2f}")
            else:
                cells.append("-")
        print(f"| {case} | {size} | {threads} | {mine * 1e3 / size:.3f} | " + " | ".join(cells) + " |")
    print()
    for column in columns:
        ratios = collected[column]
        if ratios:
            print(f"{column}: geometric mean {mean(ratios):.3f}, worst {max(ratios):.2f}, of {len(ratios)}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
