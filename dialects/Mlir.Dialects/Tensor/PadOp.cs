using Mlir.IR.Text;

namespace Mlir.Dialects.Tensor;

/// <summary>A tensor with elements around it that a region computes from their subscripts in the result.</summary>
/// <example><code>%r = tensor.pad %t low[1, 0] high[%h, 0] {
/// ^bb0(%i: index, %j: index):
///   tensor.yield %x : f32
/// } : tensor&lt;?x4xf32> to tensor&lt;?x4xf32></code></example>
[Op("tensor.pad")]
public sealed partial class PadOp : Operation, IRecursiveEffects, ISingleBlock
{
    /// <summary>The tensor in the middle.</summary>
    [Operand<RankedTensor>]
    public partial Value Source { get; }

    /// <summary>The numbers of elements before it that are values.</summary>
    [Operand<Index>]
    public partial OperandList Low { get; }

    /// <summary>The numbers of elements after it that are values.</summary>
    [Operand<Index>]
    public partial OperandList High { get; }

    /// <summary>The number of elements before it in each dimension, <see cref="ShapedType.Dynamic"/> for those in <see cref="Low"/>.</summary>
    [Attr(Name = "static_low")]
    public partial DenseArrayAttr StaticLow { get; }

    /// <summary>The number of elements after it in each dimension, <see cref="ShapedType.Dynamic"/> for those in <see cref="High"/>.</summary>
    [Attr(Name = "static_high")]
    public partial DenseArrayAttr StaticHigh { get; }

    /// <summary>Whether the operation stays when it adds nothing.</summary>
    [Attr(Name = "nofold")]
    public partial bool NoFold { get; }

    /// <summary>Takes subscripts of the result and yields the element that lies there outside of <see cref="Source"/>.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The padded tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "padded";

    /// <summary>The one value of all elements around; null when the region computes them.</summary>
    public Value? ConstantPadding =>
        Body.Single.Last is YieldOp { Value: var value }
        && !(value.Definer ?? value.ParentBlock!.ParentOp!).IsWithin(this)
            ? value
            : null;

    /// <summary>Parses <c>source [nofold] low[…] high[…] { … } [{…}] : type to type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        if (parser.TryConsume("nofold"))
        {
            state.SetAttribute("nofold", UnitAttr.Instance);
        }

        var (low, high) = (new List<UnresolvedOperand>(), new List<UnresolvedOperand>());
        parser.Expect("low");
        state.SetAttribute("static_low", DenseArrayAttr.I64(MixedList.Parse(parser, low)));
        parser.Expect("high");
        state.SetAttribute("static_high", DenseArrayAttr.I64(MixedList.Parse(parser, high)));
        state.Regions.Add(parser.ParseRegion());
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(source, parser.ParseType(), state);
        MixedList.ResolveIndices(parser, low, state);
        MixedList.ResolveIndices(parser, high, state);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(1, low.Count, high.Count));
        parser.Expect("to");
        state.ResultTypes.Add(parser.ParseType());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        printer.Write(NoFold ? " nofold low" : " low");
        MixedList.Print(printer, StaticLow.Values, Low);
        printer.Write(" high");
        MixedList.Print(printer, StaticHigh.Values, High);
        printer.Write(' ');
        printer.WriteRegion(Body);
        printer.WriteAttrDict(this, "operandSegmentSizes", "static_low", "static_high", "nofold");
        printer.Write(" : ");
        printer.WriteType(Source.Type);
        printer.Write(" to ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((RankedTensorType)Source.Type, (RankedTensorType)Result.Type);
        if (
            !MixedList.Verify(this, "low", StaticLow.Values, Low, source.Rank, verifier)
            || !MixedList.Verify(this, "high", StaticHigh.Values, High, source.Rank, verifier)
        )
        {
            return;
        }

        if (source.Rank != result.Rank || source.ElementType != result.ElementType)
        {
            verifier.Error(this, $"expected a result of rank {source.Rank} and element type {source.ElementType}");
            return;
        }

        for (var i = 0; i < source.Rank; i++)
        {
            var (low, high) = (StaticLow.Values[i], StaticHigh.Values[i]);
            if (low < 0 && low != ShapedType.Dynamic || high < 0 && high != ShapedType.Dynamic)
            {
                verifier.Error(this, $"expected padding of dimension {i} to be non-negative");
            }
            else if (
                !source.IsDynamicDim(i)
                && !result.IsDynamicDim(i)
                && low != ShapedType.Dynamic
                && high != ShapedType.Dynamic
                && source.Shape[i] + low + high != result.Shape[i]
            )
            {
                verifier.Error(
                    this,
                    $"specified type {result} does not match the size {source.Shape[i] + low + high} of dimension {i}"
                );
            }
        }

        VerifyBody(result, verifier);
    }

    private void VerifyBody(RankedTensorType result, OpVerifier verifier)
    {
        if (!Body.HasOneBlock)
        {
            return;
        }

        var block = Body.Single;
        if (block.Arguments.Count != result.Rank || block.Arguments.Any(a => a.Type is not IndexType))
        {
            verifier.Error(this, $"expected the block to have {result.Rank} arguments of type 'index'");
        }

        if (block.Last is not YieldOp yield)
        {
            verifier.Error(this, "expects its region to end with 'tensor.yield'");
        }
        else if (yield.Value.Type != result.ElementType)
        {
            verifier.Error(this, "expected yield type to match shape element type");
        }
    }
}
