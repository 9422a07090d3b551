using Mlir.IR.Text;

namespace Mlir.Dialects.Tensor;

/// <summary>A tensor with a part replaced by another tensor.</summary>
/// <example><code>%r = tensor.insert_slice %s into %t[0, %i] [4, %n] [1, 1] : tensor&lt;4x?xf32> into tensor&lt;4x?xf32></code></example>
[Op("tensor.insert_slice")]
public sealed partial class InsertSliceOp : Operation, IPure, ISlice
{
    /// <summary>The slice to insert.</summary>
    [Operand<RankedTensor>]
    public partial Value Source { get; }

    /// <summary>The array that receives it.</summary>
    [Operand<RankedTensor>]
    public partial Value Dest { get; }

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

    /// <summary>The changed tensor.</summary>
    [Result(SameTypeAs = nameof(Dest))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "inserted_slice";

    /// <summary>Parses <c>source into dest[offsets] [sizes] [strides] [{…}] : type into type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        parser.Expect("into");
        var dest = parser.ParseOperand();
        var values = SliceForm.Parse(parser, state);
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(source, parser.ParseType(), state);
        parser.Expect("into");
        var type = parser.ParseType();
        parser.Resolve(dest, type, state);
        SliceForm.Resolve(parser, values, 2, state);
        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        printer.Write(" into ");
        printer.WriteOperand(Dest);
        SliceForm.Print(printer, this);
        printer.WriteAttrDict(this, "operandSegmentSizes", "static_offsets", "static_sizes", "static_strides");
        printer.Write(" : ");
        printer.WriteType(Source.Type);
        printer.Write(" into ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, dest) = ((RankedTensorType)Source.Type, (RankedTensorType)Dest.Type);
        if (
            SliceForm.Verify(this, dest, verifier)
            && (
                source.ElementType != dest.ElementType
                || !SliceForm.IsRankReduced(StaticSizes.Values.Span, source.Shape.Span)
            )
        )
        {
            verifier.Error(
                this,
                $"expected type to be '{ExtractSliceOp.InferType(dest, StaticSizes.Values.Span)}' or a rank-reduced version. (size mismatch)"
            );
        }
    }
}
