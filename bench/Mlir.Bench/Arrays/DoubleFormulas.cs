using System.Numerics.Tensors;
using Mlir.Arrays;
using static System.Numerics.Tensors.Tensor;

namespace Mlir.Bench.Arrays;

/// <summary>The peers' formulas over <c>double</c>, written as a user would.</summary>
internal sealed class DoubleFormulas(JitOptions options) : PeerFormulas<double>
{
    /// <inheritdoc/>
    public override IEnumerable<PeerCase<double>> All()
    {
        var axpy3 = Jit.Compile(
            (Tensor<double> x, Tensor<double> y, Tensor<double> z) => x * 1.25 + y * -0.75 + z,
            options
        );
        yield return new("axpy3", PeerInputs.Unit, a => axpy3.Into(a.O, a.X, a.Y, a.Z));

        var poly8 = Jit.Compile(
            (Tensor<double> x) =>
                (
                    (
                        (((((x * (1.0 / 9) + 1.0 / 8) * x + 1.0 / 7) * x + 1.0 / 6) * x + 1.0 / 5) * x + 1.0 / 4) * x
                        + 1.0 / 3
                    ) * x
                    + 1.0 / 2
                ) * x
                + 1.0,
            options
        );
        yield return new("poly8", PeerInputs.Unit, a => poly8.Into(a.O, a.X));

        var bs = BlackScholes();
        yield return new("bs", PeerInputs.Options, a => bs.Into(a.O, a.X, a.Y, a.Z, 0.03, 0.2));

        var sig = Jit.Compile(
            (Tensor<double> x, Tensor<double> y) =>
                Tanh<double>(LogP1<double>(Exp<double>(x))) * (1.0 / (Exp<double>(-y) + 1.0)),
            options
        );
        yield return new("sig", PeerInputs.Symmetric, a => sig.Into(a.O, a.X, a.Y));

        var sqdiff = Jit.Compile(
            (Tensor<double> x, Tensor<double> y) => Sum<double>((x - y) * (x - y)),
            options
        ).Invoke;
        yield return new("sqdiff", PeerInputs.Unit, a => sqdiff(a.X, a.Y));

        var dot = Jit.Compile((Tensor<double> x, Tensor<double> y) => Dot<double>(x, y), options).Invoke;
        yield return new("dot", PeerInputs.Unit, a => dot(a.X, a.Y));

        var shifted = Jit.Compile(
            (Tensor<double> x, double m) => Math.Log(Sum<double>(Exp<double>(x - m))) + m,
            options
        );
        var lse = Jit.Compile((Tensor<double> x) => shifted.Invoke(x, Max<double>(x)), options).Invoke;
        yield return new("lse", PeerInputs.Unit, a => lse(a.X));

        var meanvar = Jit.Compile(
            (Tensor<double> x, double n) =>
                new ValueTuple<double, double>(
                    Sum<double>(x) / n,
                    Sum<double>(x * x) / n - Sum<double>(x) / n * (Sum<double>(x) / n)
                ),
            options
        ).Invoke;
        yield return new("meanvar", PeerInputs.Unit, a => meanvar(a.X, a.X.FlattenedLength));

        var stencil = Jit.Compile(
            (Tensor<double> u) =>
                u.Slice("1:-1, 1:-1") * 0.5
                + (u.Slice(":-2, 1:-1") + u.Slice("2:, 1:-1") + u.Slice("1:-1, :-2") + u.Slice("1:-1, 2:")) * 0.125,
            options
        );
        yield return new("stencil", PeerInputs.Unit, a => stencil.Into(a.Interior, a.Grid));

        var where = Jit.Compile(
            (Tensor<double> x, Tensor<double> y) =>
                Tensor.Where(GreaterThan<double>(x, y), Tensor.Where(LessThan<double>(x, 0.9), x * y, x - y), x - y),
            options
        );
        yield return new("where", PeerInputs.Unit, a => where.Into(a.O, a.X, a.Y));
    }

    private Kernel<Func<Tensor<double>, Tensor<double>, Tensor<double>, double, double, Tensor<double>>> BlackScholes()
    {
        // Abramowitz and Stegun, 26.2.17.
        var tail = Jit.Compile(
            (Tensor<double> k) =>
                ((((k * 1.330274429 - 1.821255978) * k + 1.781477937) * k - 0.356563782) * k + 0.319381530) * k,
            options
        );
        var normal = Jit.Compile(
            (Tensor<double> d) =>
                CopySign<double>(
                    0.5
                        - Exp<double>(d * d * -0.5)
                            * 0.3989422804014327
                            * tail.Invoke(1.0 / (Abs<double>(d) * 0.2316419 + 1.0)),
                    d
                ) + 0.5,
            options
        );
        var d1 = Jit.Compile(
            (Tensor<double> s, Tensor<double> k, Tensor<double> t, double r, double v) =>
                (Log<double>(s / k) + t * (r + v * v / 2)) / (Sqrt<double>(t) * v),
            options
        );
        return Jit.Compile(
            (Tensor<double> s, Tensor<double> k, Tensor<double> t, double r, double v) =>
                s * normal.Invoke(d1.Invoke(s, k, t, r, v))
                - k * Exp<double>(t * -r) * normal.Invoke(d1.Invoke(s, k, t, r, v) - Sqrt<double>(t) * v),
            options
        );
    }
}
