using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;

namespace Mlir.Bench;

/// <summary>The fused chain against the ways in which a .NET programmer would write it.</summary>
[MemoryDiagnoser]
public class ChainBenchmark
{
    private double[] _x = [];
    private double[] _y = [];
    private Tensor<double> _tx = Tensor<double>.Empty;
    private Tensor<double> _ty = Tensor<double>.Empty;

    /// <summary>The number of elements.</summary>
    [Params(10_000, 1_000_000, 10_000_000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_x, _y) = (Chain.Data(Size, 1), Chain.Data(Size, 2));
        (_tx, _ty) = (Tensor.Create(_x), Tensor.Create(_y));
    }

    [Benchmark(Baseline = true)]
    public Tensor<double> Compiled() => Chain.Compiled.Invoke(_tx, _ty);

    [Benchmark]
    public Tensor<double> EagerTensor() => Chain.Eager(_tx, _ty);

    [Benchmark]
    public double[] PlainLoop() => Chain.Loop(_x, _y);

    [Benchmark]
    public double[] VectorLoop() => Chain.Vectors(_x, _y, Environment.ProcessorCount);
}
