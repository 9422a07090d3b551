using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dialects.Cf;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Frontend;

/// <summary>What the frontend makes is admitted on the other side of a wire, and holds every check already that would be put in there.</summary>
public sealed class VerificationTests
{
    private static IEnumerable<TestCaseData> Lambdas()
    {
        yield return Case((double x, double y) => Math.Sin(x) * y + Math.Pow(x, y));
        yield return Case((int x, int y) => x / y + x % 7 - (y << x) + (x >> 3));
        yield return Case((sbyte x, sbyte y) => x / y);
        yield return Case((ushort x, ushort y) => x % y);
        yield return Case((uint x, uint y) => x / y);
        yield return Case((long x, long y) => checked(x * y + x) / y);
        yield return Case((double x) => (int)x);
        yield return Case((float x) => (ulong)x);
        yield return Case((double x) => (byte)x);
        yield return Case((Half x) => (long)x);
        yield return Case((double x) => checked((int)x));
        yield return Case((float x) => checked((long)x));
        yield return Case((double x) => checked((sbyte)x));
        yield return Case((float x) => checked((uint)x));
        yield return Case((double[] a, int i) => a[i] * a[i]);
        yield return Case((double[] a, int i) => i >= 0 && i < a.Length ? a[i] : 0.0);
        yield return Case((Tensor<double> x, Tensor<double> y, double r) => Tensor.Exp<double>(x * r) + y / x - y);
        yield return Case((Tensor<int> x, Tensor<int> y) => x / y + (x ^ y));
        yield return Case((Tensor<long> x) => (x << 3) - (x >> 2));
        yield return Case((Tensor<float> x) => Tensor.Sum<float>(x * x));
        yield return Case((Tensor<double> x, Tensor<double> y) => Tensor.Max<double>(x, y) - Tensor.Min<double>(x, y));
        yield return Case((Tensor<double> x) => Tensor.ConvertSaturating<double, int>(x));

        static TestCaseData Case(LambdaExpression lambda) => new TestCaseData(lambda).SetArgDisplayNames($"{lambda}");
    }

    [TestCaseSource(nameof(Lambdas))]
    public void No_check_is_doubled(LambdaExpression lambda)
    {
        var tensors = lambda.Parameters.Where(p => !p.Type.IsPrimitive && p.Type != typeof(Half)).ToList();
        var shape = new KernelShape([.. tensors.Select(_ => TensorShape.Flat)]);
        var kernel = ExpressionImporter.Import(lambda, new CallSite("Program.cs", 7, $"{lambda}"), shape);
        var text = MlirText.Print(kernel.Module, new AsmPrinterOptions { PrintLocations = true });
        var module = UntrustedModule.Parse(text);
        var before = MlirText.Print(module);
        new PassManager(new PassManagerOptions { Verify = true }).RunOrThrow(
            [new GenerateRuntimeVerification()],
            module
        );
        var checks = module.Walk().OfType<AssertOp>().Count();
        Assert.That(checks, Is.EqualTo(kernel.Module.Walk().OfType<AssertOp>().Count()), () => $"{before}\n{module}");
        Assert.That(module.Walk().Count(), Is.EqualTo(kernel.Module.Walk().Count()), () => $"{before}\n{module}");
    }
}
