using System.Numerics.Tensors;
using Mlir.Arrays;
using static System.Numerics.Tensors.Tensor;

namespace Mlir.Bench.Arrays;

/// <summary>The peers' formulas over <c>float</c>, written as a user would.</summary>
internal sealed class SingleFormulas(JitOptions options) : PeerFormulas<float>
{
    /// <inheritdoc/>
    public override IEnumerable<PeerCase<float>> All()
    {
        var axpy3 = Jit.Compile(
            (Tensor<float> x, Tensor<float> y, Tensor<float> z) => x * 1.25f + y * -0.75f + z,
            options
        );
        yield return new("axpy3", PeerInputs.Unit, a => axpy3.Into(a.O, a.X, a.Y, a.Z));

        var poly8 = Jit.Compile(
            (Tensor<float> x) =>
                (
                    (
                        (((((x * (1.0f / 9) + 1.0f / 8) * x + 1.0f / 7) * x + 1.0f / 6) * x + 1.0f / 5) * x + 1.0f / 4)
                            * x
                        + 1.0f / 3
                    ) * x
                    + 1.0f / 2
                ) * x
                + 1.0f,
            options
        );
        yield return new("poly8", PeerInputs.Unit, a => poly8.Into(a.O, a.X));

        var bs = BlackScholes();
        yield return new("bs", PeerInputs.Options, a => bs.Into(a.O, a.X, a.Y, a.Z, 0.03f, 0.2f));

        var sig = Jit.Compile(
            (Tensor<float> x, Tensor<float> y) =>
                Tanh<float>(LogP1<float>(Exp<float>(x))) * (1.0f / (Exp<float>(-y) + 1.0f)),
            options
        );
        yield return new("sig", PeerInputs.Symmetric, a => sig.Into(a.O, a.X, a.Y));

        var sqdiff = Jit.Compile((Tensor<float> x, Tensor<float> y) => Sum<float>((x - y) * (x - y)), options).Invoke;
        yield return new("sqdiff", PeerInputs.Unit, a => sqdiff(a.X, a.Y));

        var dot = Jit.Compile((Tensor<float> x, Tensor<float> y) => Dot<float>(x, y), options).Invoke;
        yield return new("dot", PeerInputs.Unit, a => dot(a.X, a.Y));

        var shifted = Jit.Compile((Tensor<float> x, float m) => MathF.Log(Sum<float>(Exp<float>(x - m))) + m, options);
        var lse = Jit.Compile((Tensor<float> x) => shifted.Invoke(x, Max<float>(x)), options).Invoke;
        yield return new("lse", PeerInputs.Unit, a => lse(a.X));

        var meanvar = Jit.Compile(
            (Tensor<float> x, float n) =>
                new ValueTuple<float, float>(
                    Sum<float>(x) / n,
                    Sum<float>(x * x) / n - Sum<float>(x) / n * (Sum<float>(x) / n)
                ),
            options
        ).Invoke;
        yield return new("meanvar", PeerInputs.Unit, a => meanvar(a.X, a.X.FlattenedLength));

        var stencil = Jit.Compile(
            (Tensor<float> u) =>
                u.Slice("1:-1, 1:-1") * 0.5f
                + (u.Slice(":-2, 1:-1") + u.Slice("2:, 1:-1") + u.Slice("1:-1, :-2") + u.Slice("1:-1, 2:")) * 0.125f,
            options
        );
        yield return new("stencil", PeerInputs.Unit, a => stencil.Into(a.Interior, a.Grid));

        var where = Jit.Compile(
            (Tensor<float> x, Tensor<float> y) =>
                Tensor.Where(GreaterThan<float>(x, y), Tensor.Where(LessThan<float>(x, 0.9f), x * y, x - y), x - y),
            options
        );
        yield return new("where", PeerInputs.Unit, a => where.Into(a.O, a.X, a.Y));
    }

    private Kernel<Func<Tensor<float>, Tensor<float>, Tensor<float>, float, float, Tensor<float>>> BlackScholes()
    {
        // Abramowitz and Stegun, 26.2.17.
        var tail = Jit.Compile(
            (Tensor<float> k) =>
                ((((k * 1.330274429f - 1.821255978f) * k + 1.781477937f) * k - 0.356563782f) * k + 0.319381530f) * k,
            options
        );
        var normal = Jit.Compile(
            (Tensor<float> d) =>
                CopySign<float>(
                    0.5f
                        - Exp<float>(d * d * -0.5f)
                            * 0.3989422804014327f
                            * tail.Invoke(1.0f / (Abs<float>(d) * 0.2316419f + 1.0f)),
                    d
                ) + 0.5f,
            options
        );
        var d1 = Jit.Compile(
            (Tensor<float> s, Tensor<float> k, Tensor<float> t, float r, float v) =>
                (Log<float>(s / k) + t * (r + v * v / 2f)) / (Sqrt<float>(t) * v),
            options
        );
        return Jit.Compile(
            (Tensor<float> s, Tensor<float> k, Tensor<float> t, float r, float v) =>
                s * normal.Invoke(d1.Invoke(s, k, t, r, v))
                - k * Exp<float>(t * -r) * normal.Invoke(d1.Invoke(s, k, t, r, v) - Sqrt<float>(t) * v),
            options
        );
    }
}
