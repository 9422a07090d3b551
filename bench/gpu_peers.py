#!/usr/bin/env python3
"""The peers of bench/gpu.sh: CuPy, PyTorch (eager and compiled), Triton, cuBLAS.

Reads a case a line, {"case": NAME, "type": TYPE, "shape": [SIZES]}, and answers a line a peer: name, tab, microseconds; or name, tab, tab,
why there is none. A line with a dot ends each answer. Needs nothing but what it measures; what is missing is said.
"""
import json
import subprocess
import sys
import time

WARMUPS, SAMPLES, SAMPLE_SECONDS = 3, 7, 0.02

try:
    import torch
    import torch.nn.functional as F

    TORCH = None if torch.cuda.is_available() else "PyTorch sees no GPU"
except Exception as error:  # an installation can break in many ways
    torch, TORCH = None, f"no PyTorch ({error})"
try:
    import cupy

    CUPY = None if cupy.cuda.runtime.getDeviceCount() else "CuPy sees no GPU"
except Exception as error:
    cupy, CUPY = None, f"no CuPy ({error})"
try:
    import triton
    import triton.language as tl

    TRITON = TORCH
except Exception as error:
    triton, TRITON = None, f"no Triton ({error})"


def measure(run, wait):
    """Microseconds a run, the median of samples that each end with one wait: as Clock.cs measures."""

    def sample(runs):
        start = time.perf_counter()
        for _ in range(runs):
            run()
        wait()
        return (time.perf_counter() - start) / runs

    sample(WARMUPS)
    runs = max(1, min(10_000, int(SAMPLE_SECONDS / sample(1))))
    return sorted(sample(runs) for _ in range(SAMPLES))[SAMPLES // 2] * 1e6


# ---------------------------------------------------------------- formulas: one text for torch and for CuPy, where their names agree

COUNT = {"axpy3": 3, "sig": 2, "gelu": 1, "where": 2, "transpose": 1, "sum": 1, "dot": 2, "max": 1, "var": 1, "rowsum": 1, "colsum": 1}
COUNT |= {"softmax": 1, "layernorm": 1, "matmul": 2, "copy": 1, "call": 3}


def axpy3(x, y, z):
    return x * 1.25 + y * -0.75 + z


TORCH_CASES = {
    "axpy3": axpy3,
    "call": axpy3,
    "sig": lambda x, y: torch.tanh(torch.log1p(torch.exp(x))) * (1.0 / (torch.exp(-y) + 1.0)),
    "gelu": lambda x: F.gelu(x),
    "where": lambda x, y: torch.where(x > y, x * y, x - y),
    "transpose": lambda x: (x.t() * 2).contiguous(),
    "sum": lambda x: x.sum(),
    "dot": lambda x, y: (x * y).sum(),
    "max": lambda x: x.max(),
    "var": lambda x: x.var(correction=0),
    "rowsum": lambda x: x.sum(1),
    "colsum": lambda x: x.sum(0),
    "softmax": lambda x: torch.softmax(x, 1),
    "layernorm": lambda x, scale, shift: F.layer_norm(x, (x.shape[1],), scale, shift, 1e-5),
    "copy": lambda x: x.clone(),
}


def cupy_softmax(x):
    e = cupy.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cupy_layernorm(x, scale, shift):
    d = x - x.mean(axis=1, keepdims=True)
    return d / cupy.sqrt((d * d).mean(axis=1, keepdims=True) + 1e-5) * scale + shift


def cupy_cases():
    """Elementwise formulas are fused, as CuPy lets one do with a decorator."""
    return {
        "axpy3": cupy.fuse(axpy3),
        "call": cupy.fuse(axpy3),
        "sig": cupy.fuse(lambda x, y: cupy.tanh(cupy.log1p(cupy.exp(x))) * (1.0 / (cupy.exp(-y) + 1.0))),
        "where": cupy.fuse(lambda x, y: cupy.where(x > y, x * y, x - y)),
        "transpose": lambda x: cupy.ascontiguousarray(x.T) * 2,
        "sum": lambda x: x.sum(),
        "dot": lambda x, y: cupy.dot(x, y),
        "max": lambda x: x.max(),
        "var": lambda x: x.var(),
        "rowsum": lambda x: x.sum(axis=1),
        "colsum": lambda x: x.sum(axis=0),
        "softmax": cupy_softmax,
        "layernorm": cupy_layernorm,
        "matmul": lambda x, y: cupy.matmul(x, y),
        "copy": lambda x: x.copy(),
    }


# ---------------------------------------------------------------- Triton: kernels as its tutorials teach to write them, in our own words

if triton is not None:

    @triton.jit
    def axpy3_kernel(x, y, z, out, n, BLOCK: tl.constexpr):
        at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
        inside = at < n
        value = tl.load(x + at, inside) * 1.25 + tl.load(y + at, inside) * -0.75 + tl.load(z + at, inside)
        tl.store(out + at, value, inside)

    @triton.jit
    def softmax_kernel(x, out, columns, BLOCK: tl.constexpr):
        row = tl.program_id(0).to(tl.int64) * columns
        at = tl.arange(0, BLOCK)
        inside = at < columns
        v = tl.load(x + row + at, inside, other=-float("inf"))
        e = tl.exp(v - tl.max(v, 0))
        tl.store(out + row + at, e / tl.sum(e, 0), inside)

    @triton.jit
    def layernorm_kernel(x, scale, shift, out, columns, BLOCK: tl.constexpr):
        row = tl.program_id(0).to(tl.int64) * columns
        at = tl.arange(0, BLOCK)
        inside = at < columns
        v = tl.load(x + row + at, inside, other=0.0)
        d = tl.where(inside, v - tl.sum(v, 0) / columns, 0.0)
        s = tl.rsqrt(tl.sum(d * d, 0) / columns + 1e-5)
        tl.store(out + row + at, d * s * tl.load(scale + at, inside) + tl.load(shift + at, inside), inside)

    @triton.jit
    def matmul_kernel(a, b, c, n, PRECISION: tl.constexpr, M: tl.constexpr, N: tl.constexpr, K: tl.constexpr):
        # Square matrices whose side is a multiple of the tile's; tiles of eight rows are done together, for the cache.
        tiles = n // N
        program = tl.program_id(0)
        group = program // (8 * tiles)
        row, column = group * 8 + program % 8, (program % (8 * tiles)) // 8
        m = row * M + tl.arange(0, M)
        j = column * N + tl.arange(0, N)
        k = tl.arange(0, K)
        at, bt = a + m[:, None] * n + k[None, :], b + k[:, None] * n + j[None, :]
        total = tl.zeros((M, N), tl.float32)
        for _ in range(0, n, K):
            total = tl.dot(tl.load(at), tl.load(bt), total, input_precision=PRECISION)
            at += K
            bt += K * n
        tl.store(c + m[:, None] * n + j[None, :], total)


def triton_run(name, kind, shape, x):
    """What launches the kernel of a case; None where there is none."""
    out = torch.empty_like(x[0])
    if name in ("axpy3", "call"):
        n, block = x[0].numel(), 1024
        return lambda: axpy3_kernel[(triton.cdiv(n, block),)](x[0], x[1], x[2], out, n, BLOCK=block)
    if name in ("softmax", "layernorm"):
        kernel = softmax_kernel if name == "softmax" else layernorm_kernel
        block = triton.next_power_of_2(shape[1])
        warps = max(4, min(16, block // 512))
        return lambda: kernel[(shape[0],)](*x, out, shape[1], BLOCK=block, num_warps=warps)
    if name == "matmul" and kind in ("bf16", "f16", "tf32"):
        m, n, k = (128, 256, 64) if kind != "tf32" else (128, 128, 32)
        total = torch.empty(shape, dtype=torch.float32, device="cuda")
        grid = (shape[0] // m * (shape[1] // n),)
        precision = "tf32" if kind == "tf32" else "ieee"
        return lambda: matmul_kernel[grid](
            x[0], x[1], total, shape[0], PRECISION=precision, M=m, N=n, K=k, num_warps=8, num_stages=3
        )
    return None


# ---------------------------------------------------------------- answers


def tensors(name, kind, shape):
    types = {"f64": torch.float64, "f16": torch.float16, "bf16": torch.bfloat16}
    made = [torch.rand(shape, device="cuda", dtype=torch.float32) * 4 - 2 for _ in range(COUNT[name])]
    if name == "layernorm":
        made += [torch.rand(shape[1], device="cuda") for _ in range(2)]
    return [t.to(types.get(kind, torch.float32)) for t in made]


def answer(peer, why_not, work):
    """One line: a failure of one peer is its line, and no other's."""
    try:
        found = None if why_not else work()
        if why_not or found is not None:
            print(f"{peer}\t\t{why_not}" if why_not else f"{peer}\t{found:.3f}")
    except Exception as error:
        print(f"{peer}\t\t{type(error).__name__}: {error}".splitlines()[0])


def torch_wait():
    torch.cuda.synchronize()


def answer_case(name, kind, shape):
    x = tensors(name, kind, shape) if TORCH is None else None
    if name == "matmul":
        if torch is not None:
            torch.backends.cuda.matmul.allow_tf32 = kind == "tf32"
        answer("cuBLAS", TORCH, lambda: measure(lambda: torch.matmul(x[0], x[1]), torch_wait))
    else:
        formula = TORCH_CASES[name]
        answer("torch", TORCH, lambda: measure(lambda: formula(*x), torch_wait))
        if name != "copy":
            answer("torch.compile", TORCH, lambda: measure(compiled(formula, x), torch_wait))

    def by_triton():
        run = triton_run(name, kind, shape, x)
        return run and measure(run, torch_wait)

    answer("Triton", TRITON, by_triton)

    def by_cupy():
        formula = None if kind in ("bf16", "tf32") else cupy_cases().get(name)
        if formula is None:
            return None
        arrays = [cupy.from_dlpack(t) for t in x] if x else []
        return measure(lambda: formula(*arrays), cupy.cuda.Device().synchronize)

    answer("CuPy", CUPY or TORCH, by_cupy)


def compiled(formula, x):
    torch._dynamo.reset()
    run = torch.compile(formula, dynamic=False)
    return lambda: run(*x)


def answer_launch():
    """Putting a kernel that does next to nothing in, many times."""

    def by_torch():
        one = torch.zeros(1, device="cuda")
        return measure(lambda: one.add_(1), torch_wait)

    def by_cupy():
        kernel = cupy.RawKernel('extern "C" __global__ void empty(float* x, int n) {}', "empty")
        arguments = (cupy.zeros(1000, cupy.float32), 1000)
        return measure(lambda: kernel((4,), (256,), arguments), cupy.cuda.Device().synchronize)

    answer("torch", TORCH, by_torch)
    answer("CuPy", CUPY, by_cupy)


FIRST = {
    "torch": "import torch; x = torch.rand(1000).cuda(); print((torch.exp(x) * x + 1)[999].item())",
    "torch.compile": "import torch; x = torch.rand(1000).cuda(); print(torch.compile(lambda x: torch.exp(x) * x + 1)(x)[999].item())",
    "CuPy": "import cupy; x = cupy.random.rand(1000, dtype=cupy.float32); print(cupy.fuse(lambda x: cupy.exp(x) * x + 1)(x)[999])",
}


def answer_first():
    """A process each: from its start to its first result."""
    for peer, why_not in (("torch", TORCH), ("torch.compile", TORCH), ("CuPy", CUPY)):

        def once(text=FIRST[peer]):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", text], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return (time.perf_counter() - start) * 1e6

        answer(peer, why_not, once)


def main():
    for line in sys.stdin:
        wanted = json.loads(line)
        name = wanted["case"]
        if name == "launch":
            answer_launch()
        elif name == "first":
            answer_first()
        elif name == "call":
            answer_case(name, "f32", [16384])
        elif name in COUNT:
            answer_case(name, wanted["type"], wanted["shape"])
        print(".", flush=True)
        if torch is not None and TORCH is None:
            torch.cuda.empty_cache()
        if cupy is not None and CUPY is None:
            cupy.get_default_memory_pool().free_all_blocks()


if __name__ == "__main__":
    main()
