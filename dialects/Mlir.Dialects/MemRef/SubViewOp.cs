using Mlir.IR.Text;

namespace Mlir.Dialects.MemRef;

/// <summary>A view of a part of an array: the same memory under another offset, other sizes and strides.</summary>
/// <example><code>%s = memref.subview %m[0, %i] [4, %n] [1, 1] : memref&lt;4x?xf32> to memref&lt;4x?xf32, strided&lt;[?, 1], offset: ?>></code></example>
[Op("memref.subview")]
public sealed partial class SubViewOp : Operation, IPure, ISlice
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Source { get; }

    /// <summary>The offsets that are values.</summary>
    [Operand<Index>]
    public partial OperandList Offsets { get; }

    /// <summary>The sizes that are values.</summary>
    [Operand<Index>]
    public partial OperandList Sizes { get; }

    /// <summary>The strides that are values.</summary>
    [Operand<Index>]
    public partial OperandList Strides { get; }

    /// <summary>The offset in each dimension, <see cref="ShapedType.Dynamic"/> for those in <see cref="Offsets"/>.</summary>
    [Attr(Name = "static_offsets")]
    public partial DenseArrayAttr StaticOffsets { get; }

    /// <summary>The size in each dimension, <see cref="ShapedType.Dynamic"/> for those in <see cref="Sizes"/>.</summary>
    [Attr(Name = "static_sizes")]
    public partial DenseArrayAttr StaticSizes { get; }

    /// <summary>The stride in each dimension, <see cref="ShapedType.Dynamic"/> for those in <see cref="Strides"/>.</summary>
    [Attr(Name = "static_strides")]
    public partial DenseArrayAttr StaticStrides { get; }

    /// <summary>The view.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "subview";

    /// <summary>Parses <c>source[offsets] [sizes] [strides] [{…}] : type to type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        var values = SliceForm.Parse(parser, state);
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(source, parser.ParseType(), state);
        SliceForm.Resolve(parser, values, 1, state);
        parser.Expect("to");
        state.ResultTypes.Add(parser.ParseType());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        SliceForm.Print(printer, this);
        printer.WriteAttrDict(this, "operandSegmentSizes", "static_offsets", "static_sizes", "static_strides");
        printer.Write(" : ");
        printer.WriteType(Source.Type);
        printer.Write(" to ");
        printer.WriteType(Result.Type);
    }

    /// <summary>The type of a view of <paramref name="source"/>, with no dimension left out; null when its layout is not strided.</summary>
    public static MemRefType? InferType(
        MemRefType source,
        ReadOnlySpan<long> offsets,
        ReadOnlySpan<long> sizes,
        ReadOnlySpan<long> strides
    )
    {
        if (source.StridesAndOffset is not { } layout || sizes.Length != source.Rank)
        {
            return null;
        }

        var offset = layout.Offset;
        var result = new long[sizes.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            offset = Add(offset, Multiply(offsets[i], layout.Strides[i]));
            result[i] = Multiply(strides[i], layout.Strides[i]);
        }

        return MemRefType.Get(sizes, source.ElementType, StridedLayoutAttr.Get(offset, result), source.MemorySpace);
    }

    private static long Add(long a, long b) =>
        a == ShapedType.Dynamic || b == ShapedType.Dynamic ? ShapedType.Dynamic : unchecked(a + b);

    private static long Multiply(long a, long b) =>
        a == 0 || b == 0 ? 0
        : a == ShapedType.Dynamic || b == ShapedType.Dynamic ? ShapedType.Dynamic
        : unchecked(a * b);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((MemRefType)Source.Type, (MemRefType)Result.Type);
        if (!SliceForm.Verify(this, source, verifier))
        {
            return;
        }

        if (source.MemorySpace != result.MemorySpace || source.ElementType != result.ElementType)
        {
            verifier.Error(this, "different memory spaces or element types of source and result");
            return;
        }

        if (
            InferType(source, StaticOffsets.Values.Span, StaticSizes.Values.Span, StaticStrides.Values.Span)
            is not { } expected
        )
        {
            verifier.Error(this, $"base type {source} is not strided");
        }
        else if (!SliceForm.IsRankReduced(StaticSizes.Values.Span, result.Shape.Span) || !FitsLayout(expected, result))
        {
            verifier.Error(
                this,
                $"expected result type to be '{expected}' or a rank-reduced version. (mismatch of result layout) "
            );
        }
    }

    private static bool FitsLayout(MemRefType expected, MemRefType result)
    {
        if (result.StridesAndOffset is not { } actual || actual.Offset != expected.StridesAndOffset!.Value.Offset)
        {
            return false;
        }

        // The strides of the dimensions that stay must be those of the full view.
        var next = 0;
        for (var i = 0; i < expected.Rank; i++)
        {
            if (
                next < result.Rank
                && result.Shape[next] == expected.Shape[i]
                && actual.Strides[next] == expected.StridesAndOffset!.Value.Strides[i]
            )
            {
                next++;
            }
            else if (expected.Shape[i] != 1)
            {
                return false;
            }
        }

        return next == result.Rank;
    }
}
