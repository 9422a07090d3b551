"""Dask on the work of DataflowRun: the same lines, one figure each. Needs python3-dask and python3-numpy."""

import pickle
import statistics
import time

import dask
import numpy
from dask.delayed import delayed
from dask.optimization import fuse

ROUNDS = 5


def show(case, size, value, unit, metric="median"):
    print(f"G,{case},dask,{size},{metric},{value:.3f},{unit}")


def median(run):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def add_one(x):
    return x + 1


def chain(length):
    lazy = delayed(add_one, pure=True)
    value = lazy(0)
    for _ in range(length - 1):
        value = lazy(value)
    return value


def build():
    lazy = delayed(add_one, pure=True)
    return [lazy(i) for i in range(10_000)]


show("dataflow-build", 10_000, median(build) * 1e3, "ms")

graph = {"t0": (add_one, 0)}
graph.update({f"t{i}": (add_one, f"t{i - 1}") for i in range(1, 10_000)})
show("dataflow-optimize-chain", 10_000, median(lambda: fuse(graph, keys=["t9999"], ave_width=1)) * 1e3, "ms")

wide = {f"t{i}": (add_one, i) for i in range(10_000)}
seconds = median(lambda: dask.threaded.get(wide, [f"t{i}" for i in range(10_000)]))
show("dataflow-schedule", 10_000, seconds / 10_000 * 1e6, "us")

x = numpy.arange(1_000_000, dtype=numpy.float64)
lazy = delayed(x, pure=True)
value = lazy
for i in range(5):
    value = value * 1.01
    value = value + 0.5
show("dataflow-chain10", 1_000_000, median(value.compute) * 1e3, "ms")
show("dataflow-serialized", 1, len(pickle.dumps(delayed(add_one, pure=True)(1))), "bytes", "size")
