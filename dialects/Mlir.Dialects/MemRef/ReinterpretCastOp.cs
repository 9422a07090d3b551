using Mlir.IR.Text;

namespace Mlir.Dialects.MemRef;

/// <summary>The memory behind an array under an offset, sizes and strides of its own.</summary>
/// <example><code>%r = memref.reinterpret_cast %m to offset: [%o], sizes: [4, %n], strides: [%n, 1] : memref&lt;?xf32> to memref&lt;4x?xf32, strided&lt;[?, 1], offset: ?>></code></example>
[Op("memref.reinterpret_cast")]
public sealed partial class ReinterpretCastOp : Operation, IPure, ISlice
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Source { get; }

    /// <summary>The offset, where it is a value.</summary>
    [Operand<Index>]
    public partial OperandList Offsets { get; }

    /// <summary>The sizes that are values.</summary>
    [Operand<Index>]
    public partial OperandList Sizes { get; }

    /// <summary>The strides that are values.</summary>
    [Operand<Index>]
    public partial OperandList Strides { get; }

    /// <summary>The offset, <see cref="ShapedType.Dynamic"/> when it is in <see cref="Offsets"/>.</summary>
    [Attr(Name = "static_offsets")]
    public partial DenseArrayAttr StaticOffsets { get; }

    /// <summary>The sizes, <see cref="ShapedType.Dynamic"/> for those in <see cref="Sizes"/>.</summary>
    [Attr(Name = "static_sizes")]
    public partial DenseArrayAttr StaticSizes { get; }

    /// <summary>The strides, <see cref="ShapedType.Dynamic"/> for those in <see cref="Strides"/>.</summary>
    [Attr(Name = "static_strides")]
    public partial DenseArrayAttr StaticStrides { get; }

    /// <summary>The array under the new layout.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "reinterpret_cast";

    /// <summary>Parses <c>source to offset: […], sizes: […], strides: […] [{…}] : type to type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        var values = new List<UnresolvedOperand>[] { [], [], [] };
        parser.Expect("to");
        for (var i = 0; i < 3; i++)
        {
            parser.Expect(
                i switch
                {
                    0 => "offset",
                    1 => "sizes",
                    _ => "strides",
                }
            );
            parser.Expect(":");
            state.SetAttribute(
                i switch
                {
                    0 => "static_offsets",
                    1 => "static_sizes",
                    _ => "static_strides",
                },
                DenseArrayAttr.I64(MixedList.Parse(parser, values[i]))
            );
            if (i < 2)
            {
                parser.Expect(",");
            }
        }

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
        printer.Write(" to offset: ");
        MixedList.Print(printer, StaticOffsets.Values, Offsets);
        printer.Write(", sizes: ");
        MixedList.Print(printer, StaticSizes.Values, Sizes);
        printer.Write(", strides: ");
        MixedList.Print(printer, StaticStrides.Values, Strides);
        printer.WriteAttrDict(this, "operandSegmentSizes", "static_offsets", "static_sizes", "static_strides");
        printer.Write(" : ");
        printer.WriteType(Source.Type);
        printer.Write(" to ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((ShapedType)Source.Type, (MemRefType)Result.Type);
        if (source.ElementType != result.ElementType)
        {
            verifier.Error(
                this,
                $"different element types specified for source type {source} and result memref type {result}"
            );
        }

        if (
            !MixedList.Verify(this, "offset", StaticOffsets.Values, Offsets, 1, verifier)
            || !MixedList.Verify(this, "size", StaticSizes.Values, Sizes, result.Rank, verifier)
            || !MixedList.Verify(this, "stride", StaticStrides.Values, Strides, result.Rank, verifier)
        )
        {
            return;
        }

        for (var i = 0; i < result.Rank; i++)
        {
            if (StaticSizes.Values[i] != result.Shape[i] && !(result.IsDynamicDim(i)))
            {
                verifier.Error(
                    this,
                    $"expected result type with size = {StaticSizes.Values[i]} instead of {result.Shape[i]} in dim = {i}"
                );
            }
        }

        if (result.StridesAndOffset is not { } layout)
        {
            verifier.Error(this, "expected result type to have strided layout");
            return;
        }

        if (layout.Offset != StaticOffsets.Values[0] && layout.Offset != ShapedType.Dynamic)
        {
            verifier.Error(
                this,
                $"expected result type with offset = {Text(StaticOffsets.Values[0])} instead of {layout.Offset}"
            );
        }

        for (var i = 0; i < result.Rank; i++)
        {
            if (layout.Strides[i] != StaticStrides.Values[i] && layout.Strides[i] != ShapedType.Dynamic)
            {
                verifier.Error(
                    this,
                    $"expected result type with stride = {Text(StaticStrides.Values[i])} instead of {layout.Strides[i]} in dim = {i}"
                );
            }
        }
    }

    private static string Text(long value) =>
        value == ShapedType.Dynamic ? "dynamic" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
