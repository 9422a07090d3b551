namespace Mlir.Dialects.Arith;

/// <summary>Conversions with a shared power of two, as the OCP microscaling formats have them.</summary>
internal static class MicroScaling
{
    /// <summary>Combines a value of a format with a power of two.</summary>
    internal delegate double Rule(double value, double power, FloatType format);

    /// <summary>Folds a conversion whose operands are the value and the scale.</summary>
    public static bool Fold(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        RoundingMode mode,
        Rule rule
    ) =>
        operands is [TypedAttr { Type: var valueType }, TypedAttr { Type: var scaleType }]
        && TypeFacts.ScalarOf(valueType) is FloatType { Width: <= 64 } from
        && TypeFacts.ScalarOf(scaleType) is FloatType { Width: <= 64 } scale
        && TypeFacts.ScalarOf(type) is FloatType { Width: <= 64 } to
        && ConstantFolder.Elementwise(
            operands,
            results,
            type,
            (value, power, _) =>
                FloatRounding.Round(
                    to,
                    rule(FloatFormat.ToDouble(from, value), PowerOf(FloatFormat.ToDouble(scale, power)), from),
                    mode
                )
        );

    /// <summary>The value rounded to a format.</summary>
    public static double Round(double value, FloatType format) =>
        FloatFormat.ToDouble(format, FloatFormat.FromDouble(format, value));

    /// <summary>The power of two that a scale stands for: only its exponent counts, in the range of <c>f8E8M0FNU</c>.</summary>
    private static double PowerOf(double scale) =>
        double.IsFinite(scale)
            ? System.Math.ScaleB(1, scale == 0 ? -127 : System.Math.Clamp(System.Math.ILogB(scale), -127, 127))
            : double.NaN;
}
