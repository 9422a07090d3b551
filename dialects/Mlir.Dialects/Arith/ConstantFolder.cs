namespace Mlir.Dialects.Arith;

/// <summary>Evaluates elementwise operations whose operands are all constant: scalars, or dense arrays element by element.</summary>
internal static class ConstantFolder
{
    /// <summary>One element's result from the bit patterns of the operands' elements; null when it has no defined value.</summary>
    internal delegate UInt128? BitsRule(UInt128 a, UInt128 b, UInt128 c);

    /// <summary>One element's result from sign-extended operands of <paramref name="width"/> bits; wraps to the result type; null for undefined behaviour.</summary>
    internal delegate Int128? IntegerRule(Int128 a, Int128 b, int width);

    /// <summary>The widest float format whose values and sums a <see cref="double"/> holds without harm.</summary>
    private const int WidestFloat = 64;

    /// <summary>Folds an operation on integers to one of <paramref name="type"/>.</summary>
    public static bool Integers(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        IntegerRule rule
    )
    {
        var width = TypeFacts.BitWidth(ScalarTypeOf(operands));
        return width is > 0 and <= 128
            && Elementwise(
                operands,
                results,
                type,
                (a, b, _) => (UInt128?)rule(SignExtend(a, width), SignExtend(b, width), width)
            );
    }

    /// <summary>Folds an operation on floats to one of <paramref name="type"/>; the exact or double result is rounded once more to the format.</summary>
    /// <remarks>Sums, products, quotients and roots of formats up to 24 bits of precision stay correctly rounded that way.</remarks>
    public static bool Floats(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        Func<double, double, double> rule
    ) => Floats(operands, results, type, (a, b, _) => rule(a, b));

    /// <summary>Folds an operation on up to three floats to one of <paramref name="type"/>.</summary>
    public static bool Floats(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        Func<double, double, double, double> rule
    ) =>
        ScalarTypeOf(operands) is FloatType { Width: <= WidestFloat } from
        && TypeFacts.ScalarOf(type) is FloatType { Width: <= WidestFloat } to
        && Elementwise(
            operands,
            results,
            type,
            (a, b, c) =>
                FloatFormat.FromDouble(
                    to,
                    rule(FloatFormat.ToDouble(from, a), FloatFormat.ToDouble(from, b), FloatFormat.ToDouble(from, c))
                )
        );

    /// <summary>Folds an operation on the bit patterns of floats of one format.</summary>
    public static bool Bits(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        Func<UInt128, FloatType, UInt128> rule
    ) =>
        TypeFacts.ScalarOf(type) is FloatType format
        && Elementwise(operands, results, type, (a, _, _) => rule(a, format));

    /// <summary>Folds a comparison or classification of floats.</summary>
    public static bool Compare(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        Func<double, double, bool> rule
    ) =>
        ScalarTypeOf(operands) is FloatType { Width: <= WidestFloat } from
        && Elementwise(
            operands,
            results,
            type,
            (a, b, _) => rule(FloatFormat.ToDouble(from, a), FloatFormat.ToDouble(from, b)) ? UInt128.One : UInt128.Zero
        );

    /// <summary>Folds the conversion of integers to floats.</summary>
    public static bool IntegersToFloats(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        bool signed
    )
    {
        var width = TypeFacts.BitWidth(ScalarTypeOf(operands));
        return width is > 0 and <= 128
            && TypeFacts.ScalarOf(type) is FloatType { Width: <= WidestFloat } to
            && Elementwise(
                operands,
                results,
                type,
                (a, _, _) =>
                {
                    var negative = signed && SignExtend(a, width) < 0;
                    var magnitude = negative ? (UInt128)(-SignExtend(a, width)) : a;
                    var rounded = IntegerMath.ToDouble(magnitude, to.Precision);
                    return FloatFormat.FromDouble(to, negative ? -rounded : rounded);
                }
            );
    }

    /// <summary>Folds the conversion of floats to integers; values that do not fit are poison and stay.</summary>
    public static bool FloatsToIntegers(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        bool signed
    )
    {
        var width = TypeFacts.BitWidth(TypeFacts.ScalarOf(type));
        return width is > 0 and <= 64
            && ScalarTypeOf(operands) is FloatType { Width: <= WidestFloat } from
            && Elementwise(
                operands,
                results,
                type,
                (a, _, _) =>
                {
                    var value = System.Math.Truncate(FloatFormat.ToDouble(from, a));
                    var (low, high) = signed
                        ? (-System.Math.ScaleB(1, width - 1), System.Math.ScaleB(1, width - 1))
                        : (0.0, System.Math.ScaleB(1, width));
                    return value >= low && value < high ? (UInt128)(Int128)value : null;
                }
            );
    }

    /// <summary>Folds a change of type that keeps the bits.</summary>
    public static bool Bitcast(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results, IrType type) =>
        Elementwise(operands, results, type, static (a, _, _) => a);

    /// <summary>The constant of <paramref name="type"/> whose elements all are <paramref name="value"/>; null when the shape is unknown.</summary>
    public static TypedAttr? Splat(IrType type, Int128 value)
    {
        var scalar = TypeFacts.ScalarOf(type);
        if (scalar is not (IndexType or IntegerType { Width: <= 128 }))
        {
            return null;
        }

        var element = IntegerAttr.Get(scalar, value);
        return type is ShapedType shaped
            ? (shaped.HasStaticShape ? DenseElementsAttr.Splat(shaped, element) : null)
            : element;
    }

    /// <summary>The constant of <paramref name="type"/> whose elements all are <paramref name="value"/>; null when the shape is unknown.</summary>
    public static TypedAttr? Splat(IrType type, double value)
    {
        if (TypeFacts.ScalarOf(type) is not FloatType { Width: <= WidestFloat } scalar)
        {
            return null;
        }

        var element = FloatAttr.Get(scalar, value);
        return type is ShapedType shaped
            ? (shaped.HasStaticShape ? DenseElementsAttr.Splat(shaped, element) : null)
            : element;
    }

    /// <summary>Applies <paramref name="rule"/> to every element of the constant operands.</summary>
    public static bool Elementwise(
        ReadOnlySpan<IrAttribute?> operands,
        Span<FoldResult> results,
        IrType type,
        BitsRule rule
    )
    {
        foreach (var operand in operands)
        {
            if (operand is not (IntegerAttr or FloatAttr or DenseElementsAttr))
            {
                return false;
            }
        }

        var folded = type is ShapedType { HasStaticShape: true } shaped
            ? Array(operands, shaped, rule)
            : Scalar(operands, type, rule);
        if (folded is null)
        {
            return false;
        }

        results[0] = folded;
        return true;
    }

    private static TypedAttr? Scalar(ReadOnlySpan<IrAttribute?> operands, IrType type, BitsRule rule)
    {
        if (type is ShapedType)
        {
            return null;
        }

        Span<UInt128> values = [0, 0, 0];
        for (var i = 0; i < operands.Length; i++)
        {
            switch (operands[i])
            {
                case IntegerAttr integer:
                    values[i] = integer.Bits;
                    break;
                case FloatAttr real:
                    values[i] = real.Bits;
                    break;
                default:
                    return null;
            }
        }

        return rule(values[0], values[1], values[2]) is { } bits ? MakeScalar(type, bits) : null;
    }

    private static TypedAttr? Array(ReadOnlySpan<IrAttribute?> operands, ShapedType type, BitsRule rule)
    {
        var splat = true;
        foreach (var operand in operands)
        {
            if (
                operand is not DenseElementsAttr { ShapedType: var shape } dense
                || shape.ElementType is ComplexType
                || !shape.Shape.Equals(type.Shape)
            )
            {
                return null;
            }

            splat &= dense.IsSplat;
        }

        var elementType = type.ElementType;
        var size = DenseElementsAttr.ElementSize(elementType);
        var count = splat ? 1 : checked((int)type.ElementCount);
        var data = new byte[count * size];
        Span<UInt128> values = [0, 0, 0];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < operands.Length; j++)
            {
                values[j] = ((DenseElementsAttr)operands[j]!).GetBits(i);
            }

            if (
                rule(values[0], values[1], values[2]) is not { } bits
                || MakeScalar(elementType, bits) is not { } element
            )
            {
                return null;
            }

            DenseElementsAttr.WriteElement(element, data.AsSpan(i * size, size));
        }

        return DenseElementsAttr.Get(type, data);
    }

    private static TypedAttr? MakeScalar(IrType type, UInt128 bits) =>
        type switch
        {
            FloatType real => FloatAttr.FromBits(real, bits),
            IndexType or IntegerType { Width: <= 128 } => IntegerAttr.Get(type, (Int128)bits),
            _ => null,
        };

    private static IrType ScalarTypeOf(ReadOnlySpan<IrAttribute?> operands) =>
        operands.Length > 0 && operands[0] is TypedAttr typed ? TypeFacts.ScalarOf(typed.Type) : NoneType.Instance;

    private static Int128 SignExtend(UInt128 bits, int width) => (Int128)(bits << (128 - width)) >> (128 - width);

    private static UInt128 GetBits(this DenseElementsAttr dense, long index) =>
        dense.GetElement(index) switch
        {
            IntegerAttr integer => integer.Bits,
            FloatAttr real => real.Bits,
            _ => 0,
        };

    /// <summary>Makes the single result the value <paramref name="value"/>.</summary>
    public static bool Be(this Span<FoldResult> results, Value value)
    {
        results[0] = value;
        return true;
    }

    /// <summary>Makes the single result the integer constant <paramref name="value"/> in every element, if the shape is known.</summary>
    public static bool BeInteger(this Span<FoldResult> results, IrType type, Int128 value)
    {
        if (Splat(type, value) is not { } constant)
        {
            return false;
        }

        results[0] = constant;
        return true;
    }
}
