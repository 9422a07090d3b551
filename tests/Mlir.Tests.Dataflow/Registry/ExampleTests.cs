using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>The example that the documentation begins with.</summary>
public sealed class ExampleTests
{
    public static class Plugin
    {
        [AbstractAlgorithm("example.scale")]
        public delegate Tensor<double> Scale(Tensor<double> x, double by);

        [ConcreteAlgorithm("example.scale", Compiler = "cpu")]
        public static readonly Expression<Scale> Fused = (x, by) => x * by;

        [ConcreteAlgorithm("example.scale")]
        public static CsrMatrix<double> Sparse(CsrMatrix<double> x, double by) =>
            new(x.Columns, x.Rows, x.Indices, [.. x.Values.Select(v => v * by)]);

        [Translator]
        public static CsrMatrix<double> ToCsr(Tensor<double> x) => CsrMatrix<double>.From(x);
    }

    private static readonly Resolver Resolver = new Resolver().AddPlugin(typeof(Plugin));
    private static readonly Tensor<double> Matrix = Tensor.Create([1.0, 0, 0, 4], [2, 2]);

    [Test]
    public void A_call_by_name_gives_the_type_that_is_asked_for()
    {
        Tensor<double> now = Resolver.Run<Tensor<double>>("example.scale", Matrix, 2.0);
        Assert.That(now.ToArray(), Is.EqualTo(new[] { 2.0, 0, 0, 8 }));
    }

    [Test]
    public void A_call_by_delegate_is_checked_by_the_compiler()
    {
        Tensor<double> now = Resolver.Call((Plugin.Scale s) => s(s(Matrix, 2.0), 3.0));
        Assert.That(now.ToArray(), Is.EqualTo(new[] { 6.0, 0, 0, 24 }));
    }

    [Test]
    public void The_result_is_translated_if_another_type_is_asked_for()
    {
        var now = Resolver.Run<CsrMatrix<double>>("example.scale", Matrix, 2.0);
        Assert.That(now.Values, Is.EqualTo(new[] { 2.0, 8 }));
    }

    [Test]
    public void A_sparse_matrix_is_scaled_by_the_method_for_sparse_ones()
    {
        var result = Resolver.Run("example.scale", CsrMatrix<double>.From(Matrix), 3.0);
        Assert.That(result, Is.TypeOf<CsrMatrix<double>>());
        Assert.That(((CsrMatrix<double>)result!).Values, Is.EqualTo(new[] { 3.0, 12 }));
    }
}
