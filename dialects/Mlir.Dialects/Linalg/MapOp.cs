using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Computes each element of the destination from the elements of the inputs at the same position.</summary>
/// <example><code>%r = linalg.map { arith.addf } ins(%a, %b : tensor&lt;?xf32>, tensor&lt;?xf32>) outs(%t : tensor&lt;?xf32>)</code></example>
[Op("linalg.map")]
public sealed partial class MapOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read.</summary>
    [Operand<AnyShaped>]
    public partial OperandList Inputs { get; }

    /// <summary>The destination.</summary>
    [Operand<AnyShaped>]
    public partial Value Init { get; }

    /// <summary>Takes an element of each input and of the destination and yields the new one.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Mapper { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public partial IReadOnlyList<OpResult> Tensors { get; }

    /// <summary>An operation whose body <paramref name="body"/> fills in: it gets a builder and the elements (the destination's last) and returns the new one.</summary>
    public static MapOp Build(
        Location location,
        ReadOnlySpan<Value> inputs,
        Value init,
        Func<OpBuilder, IReadOnlyList<BlockArgument>, Value> body
    )
    {
        var op = new MapOp(location, inputs, init, init.Type is RankedTensorType ? [init.Type] : []);
        var block = op.Mapper.AddBlock([.. op.Operands.Types.Select(ShapeFacts.ElementOf)]);
        var builder = new OpBuilder(block);
        var value = body(builder, block.Arguments);
        builder.Insert(new YieldOp(location, [value]));
        return op;
    }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "mapped";

    /// <inheritdoc/>
    public OperandList Outputs => Operands.Slice(Operands.Count - 1, 1);

    /// <inheritdoc/>
    public Region Body => Mapper;

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [.. Enumerable.Repeat(AffineMap.Identity(((ShapedType)Init.Type).Rank), Operands.Count)];

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [.. Enumerable.Repeat(IteratorType.Parallel, ((ShapedType)Init.Type).Rank)];

    /// <summary>Parses <c>[{ op }] [ins(…)] outs(…) [{…}] [(arguments) { … }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var payload = LinalgForm.TryParsePayload(parser);
        LinalgForm.ParseOperands(parser, state, addResults: true);
        parser.ParseOptionalAttrDict(state);
        if (payload is { } op)
        {
            LinalgForm.AddPayloadBody(parser, state, op, initFirst: false);
        }
        else
        {
            LinalgForm.ParseBody(parser, state);
        }

        var tensors = state.ResultTypes.Count;
        if (tensors > 1)
        {
            state.ResultTypes.RemoveRange(0, tensors - 1);
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        var payload = LinalgForm.PayloadOf(Mapper, initFirst: false);
        if (payload is not null)
        {
            LinalgForm.PrintPayload(printer, payload);
        }

        LinalgForm.PrintOperands(printer, Inputs, Outputs);
        printer.WriteAttrDict(this);
        if (payload is null)
        {
            LinalgForm.PrintBody(printer, Mapper);
        }
    }

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LinalgVerifier.Verify(this, verifier);
}
