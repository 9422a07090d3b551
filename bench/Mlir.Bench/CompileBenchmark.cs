using BenchmarkDotNet.Attributes;

namespace Mlir.Bench;

/// <summary>How long <c>Jit.Compile</c> takes in a warm process with the cache off.</summary>
[MemoryDiagnoser]
public class CompileBenchmark
{
    private readonly StoredKernel _stored = new();

    [GlobalCleanup]
    public void Cleanup() => _stored.Dispose();

    [Benchmark(Baseline = true)]
    public object ScalarAdd() => Jit.Compile(Lambdas.Add, Lambdas.Uncached);

    [Benchmark]
    public object TenOpChain() => Jit.Compile(Lambdas.TenOps, Lambdas.Uncached);

    [Benchmark]
    public object BlackScholes() => Jit.Compile(Lambdas.BlackScholes, Lambdas.Uncached);

    [Benchmark]
    public object BlackScholesFromDisk() => _stored.Load();

    [Benchmark]
    public object ExpressionCompile() => Lambdas.Add.Compile();
}
