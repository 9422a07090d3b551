using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>What generated constructors, properties and custom forms share.</summary>
public static class OpParts
{
    /// <summary>A list of the value, empty for null.</summary>
    public static ReadOnlySpan<Value> Optional(Value? value) => value is null ? [] : new[] { value };

    /// <summary>A list of the type, empty for null.</summary>
    public static ReadOnlySpan<IrType> Optional(IrType? type) => type is null ? [] : new[] { type };

    /// <summary>The types of <paramref name="values"/>.</summary>
    public static IrType[] TypesOf(ReadOnlySpan<Value> values)
    {
        var types = new IrType[values.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = values[i].Type;
        }

        return types;
    }

    /// <summary>The inferred type.</summary>
    /// <exception cref="ArgumentException">Nothing could be inferred from the other parts.</exception>
    public static IrType Inferred(IrType? type, string op, string part) =>
        type ?? throw new ArgumentException($"'{op}' cannot infer the type of '{part}' from its other parts");

    /// <summary>Where group number <paramref name="index"/> starts, by the sizes in <paramref name="segments"/>.</summary>
    public static int SegmentStart(IrAttribute? segments, int index)
    {
        var start = 0;
        var sizes = ((DenseArrayAttr)segments!).Values.Span;
        for (var i = 0; i < index; i++)
        {
            start += (int)sizes[i];
        }

        return start;
    }

    /// <summary>The size of group number <paramref name="index"/>.</summary>
    public static int SegmentSize(IrAttribute? segments, int index) => (int)((DenseArrayAttr)segments!).Values[index];

    /// <summary>Group number <paramref name="index"/> of <paramref name="operands"/>.</summary>
    public static OperandList Segment(OperandList operands, IrAttribute? segments, int index) =>
        operands.Slice(SegmentStart(segments, index), SegmentSize(segments, index));

    /// <summary>Group number <paramref name="index"/> of <paramref name="results"/>.</summary>
    public static IReadOnlyList<OpResult> Segment(IReadOnlyList<OpResult> results, IrAttribute? segments, int index) =>
        [.. results.Skip(SegmentStart(segments, index)).Take(SegmentSize(segments, index))];

    /// <summary>Replaces <paramref name="count"/> operands from <paramref name="start"/> by <paramref name="values"/>.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="start">The first operand to replace.</param>
    /// <param name="count">How many operands to replace.</param>
    /// <param name="values">The new operands.</param>
    /// <param name="segmentsSlot">The slot of the attribute with the sizes of groups; -1 when there is none.</param>
    /// <param name="segment">Which group is replaced.</param>
    public static void ReplaceOperands(
        Operation op,
        int start,
        int count,
        ReadOnlySpan<Value> values,
        int segmentsSlot = -1,
        int segment = 0
    )
    {
        var all = op.Operands.ToArray();
        op.SetOperands([.. all[..start], .. values, .. all[(start + count)..]]);
        if (segmentsSlot >= 0)
        {
            long[] sizes = [.. ((DenseArrayAttr)op.GetInherent(segmentsSlot)!).Values.Span];
            sizes[segment] = values.Length;
            op.SetInherent(segmentsSlot, DenseArrayAttr.Get(IntegerType.I32, sizes));
        }
    }

    /// <summary>Whether the terminator of <paramref name="region"/> says more than that the block ends, so that it has to be printed.</summary>
    public static bool HasVisibleTerminator(Region region) =>
        region.First?.Last is { } last
        && (
            last is not ITerminator
            || last.Operands.Count > 0
            || last.Results.Count > 0
            || last.Discardable.Items.Count > 0
            || last.Regions.Count > 0
            || !region.HasOneBlock
        );

    /// <summary>Consumes the keyword of a case of <typeparamref name="T"/>, if one comes next.</summary>
    public static bool TryParseEnum<T>(AsmParser parser, out T value)
        where T : struct, Enum
    {
        foreach (var keyword in EnumKeywords<T>.Keywords)
        {
            if (parser.TryConsume(keyword))
            {
                return EnumKeywords<T>.TryParse(keyword, out value);
            }
        }

        value = default;
        return false;
    }

    /// <summary>Parses <c>[1, 2]</c>, an array of integers (or of <c>true</c> and <c>false</c>) without its type.</summary>
    public static DenseArrayAttr ParseArray(AsmParser parser, IrType elementType)
    {
        var values = new List<long>();
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                values.Add(
                    elementType == IntegerType.I1 && parser.TryConsume("true") ? 1
                    : elementType == IntegerType.I1 && parser.TryConsume("false") ? 0
                    : elementType is FloatType type ? (long)FloatAttr.Get(type, parser.ParseFloat()).Bits
                    : parser.ParseInteger()
                );
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        return DenseArrayAttr.Get(elementType, [.. values]);
    }
}
