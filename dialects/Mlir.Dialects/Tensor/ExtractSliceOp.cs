using Mlir.IR.Text;

namespace Mlir.Dialects.Tensor;

/// <summary>A part of a tensor; dimensions of size 1 may be left out of the result.</summary>
/// <example><code>%s = tensor.extract_slice %t[0, %i] [4, %n] [1, 1] : tensor&lt;4x?xf32> to tensor&lt;4x?xf32></code></example>
[Op("tensor.extract_slice")]
public sealed partial class ExtractSliceOp : Operation, IPure, ISlice
{
    /// <summary>The array.</summary>
    [Operand<RankedTensor>]
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

    /// <summary>The slice.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "extracted_slice";

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

    /// <summary>The type of a slice of <paramref name="source"/> with these sizes, with no dimension left out.</summary>
    public static RankedTensorType InferType(RankedTensorType source, ReadOnlySpan<long> sizes) =>
        RankedTensorType.Get(sizes, source.ElementType, source.Encoding);

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // The slice that is the whole tensor → the tensor.
        var type = (RankedTensorType)Source.Type;
        if (
            Result.Type == type
            && type.HasStaticShape
            && Offsets.Count == 0
            && Strides.Count == 0
            && StaticSizes.Values == type.Shape
            && StaticStrides.Values.All(s => s == 1)
        )
        {
            results[0] = Source;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((RankedTensorType)Source.Type, (RankedTensorType)Result.Type);
        if (
            SliceForm.Verify(this, source, verifier)
            && (
                result.ElementType != source.ElementType
                || !SliceForm.IsRankReduced(StaticSizes.Values.Span, result.Shape.Span)
            )
        )
        {
            verifier.Error(
                this,
                $"expected type to be '{InferType(source, StaticSizes.Values.Span)}' or a rank-reduced version. (size mismatch)"
            );
        }
    }
}
