#!/usr/bin/env python3
"""PyTorch on rows of 1,024 elements, as PeerRows.cs measures this project.

usage: THREADS=1 rows_torch.py [CASE…]     cases: softmax logsumexp layernorm; all by default

Prints section,case,peer,size,metric,value,unit lines as the peer kit does: batches of at least 4 ms, at least 5 samples, their median.
"""
import os
import statistics
import sys
import time

import torch

COLUMNS = 1024
ROWS = (16, 1000, 16000)
BUDGET = float(os.environ.get("BUDGET", "0.3"))


def measure(call):
    """Median and minimum of a call in microseconds."""
    start, calls = time.perf_counter(), 0
    while time.perf_counter() - start < 0.2:
        call()
        calls += 1
    one = (time.perf_counter() - start) / calls
    inner = int(0.004 / one) + 1 if one < 0.004 else 1
    samples = []
    for _ in range(min(41, max(5, int(BUDGET / (one * inner))))):
        start = time.perf_counter()
        for _ in range(inner):
            call()
        samples.append((time.perf_counter() - start) / inner * 1e6)
    return statistics.median(samples), min(samples)


def cases(x):
    """Each case with the results it writes, which are given where PyTorch has a form for that."""
    kept, totals = torch.empty_like(x), torch.empty(x.shape[0], dtype=x.dtype)
    yield "softmax", lambda: torch.softmax(x, -1, out=kept)
    yield "logsumexp", lambda: torch.logsumexp(x, -1, out=totals)
    yield "layernorm", lambda: torch.nn.functional.layer_norm(x, (COLUMNS,), eps=1e-5)


def main(only):
    threads = int(os.environ.get("THREADS", "1"))
    torch.set_num_threads(threads)
    with torch.inference_mode():
        for name, dtype in (("f64", torch.float64), ("f32", torch.float32)):
            for rows in ROWS:
                x = ((torch.arange(rows * COLUMNS) * 7 % 13) - 6).to(dtype).reshape(rows, COLUMNS) / 8
                for case, call in cases(x):
                    if only and case not in only:
                        continue
                    median, minimum = measure(call)
                    for metric, value in (("med", median), ("min", minimum)):
                        print(f"C,{case}_{name},torch-t{threads},{rows}x{COLUMNS},{metric},{value:.6g},us", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
