using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>A function of one argument: its operation, its exact value, what .NET gives, and where it is defined.</summary>
public sealed record UnaryFunction(
    string Name,
    Func<Value, Operation> Make,
    Func<Big, Big> Reference,
    Func<double, double> Double,
    Func<float, float> Single,
    double Low = double.MinValue,
    double High = double.MaxValue,
    int Result = 0
)
{
    private static readonly Location At = Location.Unknown;

    /// <summary>All of them. Interval ends are where results become constant, or where the domain ends.</summary>
    public static readonly UnaryFunction[] All =
    [
        new("exp", x => new ExpOp(At, x), Exact.Exp, Math.Exp, MathF.Exp, -760, 720),
        new("exp2", x => new Exp2Op(At, x), Exact.Exp2, double.Exp2, float.Exp2, -1090, 1030),
        new(
            "expm1",
            x => new ExpM1Op(At, x),
            Exact.ExpM1,
            SmallIsItself<double>(double.ExpM1),
            SmallIsItself<float>(float.ExpM1),
            -60,
            720
        ),
        new("log", x => new LogOp(At, x), Exact.Log, Math.Log, MathF.Log, 0),
        new("log2", x => new Log2Op(At, x), Exact.Log2, Math.Log2, MathF.Log2, 0),
        new("log10", x => new Log10Op(At, x), Exact.Log10, Math.Log10, MathF.Log10, 0),
        new(
            "log1p",
            x => new Log1pOp(At, x),
            Exact.Log1P,
            SmallIsItself<double>(double.LogP1),
            SmallIsItself<float>(float.LogP1),
            -1
        ),
        new("sin", x => new SinOp(At, x), Exact.Sin, Math.Sin, MathF.Sin),
        new("cos", x => new CosOp(At, x), Exact.Cos, Math.Cos, MathF.Cos),
        new("sincos.sin", x => new SincosOp(At, x), Exact.Sin, Math.Sin, MathF.Sin, Result: 0),
        new("sincos.cos", x => new SincosOp(At, x), Exact.Cos, Math.Cos, MathF.Cos, Result: 1),
        new("tan", x => new TanOp(At, x), Exact.Tan, Math.Tan, MathF.Tan),
        new("sinh", x => new SinhOp(At, x), Exact.Sinh, Math.Sinh, MathF.Sinh, -715, 715),
        new("cosh", x => new CoshOp(At, x), Exact.Cosh, Math.Cosh, MathF.Cosh, -715, 715),
        new("tanh", x => new TanhOp(At, x), Exact.Tanh, Math.Tanh, MathF.Tanh, -50, 50),
        new("asin", x => new AsinOp(At, x), Exact.Asin, Math.Asin, MathF.Asin, -1, 1),
        new("acos", x => new AcosOp(At, x), Exact.Acos, Math.Acos, MathF.Acos, -1, 1),
        new("atan", x => new AtanOp(At, x), Exact.Atan, Math.Atan, MathF.Atan),
        new("asinh", x => new AsinhOp(At, x), Exact.Asinh, Math.Asinh, MathF.Asinh),
        new("acosh", x => new AcoshOp(At, x), Exact.Acosh, Math.Acosh, MathF.Acosh, 1),
        new("atanh", x => new AtanhOp(At, x), Exact.Atanh, Math.Atanh, MathF.Atanh, -1, 1),
        new("erf", x => new ErfOp(At, x), Exact.Erf, Erf, x => (float)Erf(x), -7, 7),
        new("erfc", x => new ErfcOp(At, x), Exact.Erfc, Erfc, x => (float)Erfc(x), -7, 28),
        new("cbrt", x => new CbrtOp(At, x), Exact.Cbrt, Math.Cbrt, MathF.Cbrt),
        new("rsqrt", x => new RsqrtOp(At, x), Exact.Rsqrt, x => 1 / Math.Sqrt(x), x => 1 / MathF.Sqrt(x), 0),
    ];

    /// <summary>The function on f64.</summary>
    public Expanded ExpandDouble() => Expanded.Of(v => Make(v[0]), Result, FloatType.F64);

    /// <summary>The function on f32.</summary>
    public Expanded ExpandSingle() => Expanded.Of(v => Make(v[0]), Result, FloatType.F32);

    public override string ToString() => Name;

    /// <summary>.NET computes e^x − 1 and ln(1 + x) as they stand and so loses small x; the operation is defined to keep them.</summary>
    private static Func<T, T> SmallIsItself<T>(Func<T, T> function)
        where T : System.Numerics.IFloatingPointIeee754<T> => x => T.Abs(x) < T.CreateChecked(1e-20) ? x : function(x);

    /// <summary>.NET has no erf; this is C's.</summary>
    private static double Erf(double x) =>
        double.IsNaN(x) || x == 0 ? x
        : Math.Abs(x) > 30 ? Math.Sign(x)
        : Exact.Erf(Big.From(x)).Approximate();

    /// <summary>C's erfc.</summary>
    private static double Erfc(double x) =>
        double.IsNaN(x) ? x
        : x > 30 ? 0
        : x < -30 ? 2
        : Exact.Erfc(Big.From(x)).Approximate();
}
