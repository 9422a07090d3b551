using BenchmarkDotNet.Attributes;

namespace Mlir.Bench;

/// <summary>What a call of a compiled scalar kernel costs.</summary>
public unsafe class CallBenchmark
{
    private static readonly delegate* <double, double, double> Pointer = &AddManaged;
    private readonly Func<double, double, double> _kernel = Jit.Compile((double x, double y) => x + y).Invoke;
    private readonly Func<double, double, double> _delegate = (x, y) => x + y;

    [Benchmark(Baseline = true)]
    public double FunctionPointer() => Pointer(1, 2);

    [Benchmark]
    public double Delegate() => _delegate(1, 2);

    [Benchmark]
    public double CompiledKernel() => _kernel(1, 2);

    private static double AddManaged(double x, double y) => x + y;
}
