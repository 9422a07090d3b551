using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Combines the elements along some dimensions with those of the destination.</summary>
/// <example><code>%r = linalg.reduce { arith.addf } ins(%a : tensor&lt;?x?xf32>) outs(%t : tensor&lt;?xf32>) dimensions = [1]</code></example>
[Op("linalg.reduce")]
public sealed partial class ReduceOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read, all of one shape.</summary>
    [Operand<AnyShaped>]
    public partial OperandList Inputs { get; }

    /// <summary>The destinations, one an input, without the reduced dimensions.</summary>
    [Operand<AnyShaped>]
    public partial OperandList Inits { get; }

    /// <summary>The reduced dimensions, in ascending order.</summary>
    [Attr(Name = "dimensions")]
    public partial EquatableArray<long> Dimensions { get; }

    /// <summary>Takes an element of each input and then of each destination and yields the new elements.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Combiner { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public partial IReadOnlyList<OpResult> Tensors { get; }

    /// <summary>A reduction of one input whose body <paramref name="body"/> fills in: it gets a builder, the element and the value so far.</summary>
    public static ReduceOp Build(
        Location location,
        Value input,
        Value init,
        ReadOnlySpan<long> dimensions,
        Func<OpBuilder, Value, Value, Value> body
    )
    {
        var op = new ReduceOp(
            location,
            [input],
            [init],
            EquatableArray.Create(dimensions),
            init.Type is RankedTensorType ? [init.Type] : []
        );
        var block = op.Combiner.AddBlock(ShapeFacts.ElementOf(input.Type), ShapeFacts.ElementOf(init.Type));
        var builder = new OpBuilder(block);
        var value = body(builder, block.Arguments[0], block.Arguments[1]);
        builder.Insert(new YieldOp(location, [value]));
        return op;
    }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "reduced";

    /// <inheritdoc/>
    public OperandList Outputs => Inits;

    /// <inheritdoc/>
    public Region Body => Combiner;

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList
    {
        get
        {
            var rank = ((ShapedType)Inputs[0].Type).Rank;
            var kept = AffineMap.Select(rank, Enumerable.Range(0, rank).Where(d => !Dimensions.Contains(d)));
            return
            [
                .. Enumerable.Repeat(AffineMap.Identity(rank), Inputs.Count),
                .. Enumerable.Repeat(kept, Inits.Count),
            ];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [
            .. Enumerable
                .Range(0, ((ShapedType)Inputs[0].Type).Rank)
                .Select(d => Dimensions.Contains(d) ? IteratorType.Reduction : IteratorType.Parallel),
        ];

    /// <summary>Parses <c>[{ op }] ins(…) outs(…) dimensions = […] [{…}] [(arguments) { … }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var payload = LinalgForm.TryParsePayload(parser);
        var (inputs, outputs) = LinalgForm.ParseOperands(parser, state, addResults: true);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(inputs, outputs));
        state.SetAttribute("dimensions", DimensionsForm.Parse(parser, "dimensions"));
        parser.ParseOptionalAttrDict(state);
        if (payload is { } op)
        {
            LinalgForm.AddPayloadBody(parser, state, op, initFirst: true);
        }
        else
        {
            LinalgForm.ParseBody(parser, state);
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        var payload = LinalgForm.PayloadOf(Combiner, initFirst: true);
        if (payload is not null)
        {
            LinalgForm.PrintPayload(printer, payload);
        }

        LinalgForm.PrintOperands(printer, Inputs, Inits);
        DimensionsForm.Print(printer, "dimensions", Dimensions);
        printer.WriteAttrDict(this, "operandSegmentSizes", "dimensions");
        if (payload is null)
        {
            LinalgForm.PrintBody(printer, Combiner);
        }
    }

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Inputs.Count == 0 || Inputs.Count != Inits.Count)
        {
            verifier.Error(
                this,
                $"expects as many inits as inputs and at least one, got {Inputs.Count} and {Inits.Count}"
            );
            return;
        }

        var rank = ((ShapedType)Inputs[0].Type).Rank;
        var last = -1L;
        foreach (var dimension in Dimensions)
        {
            if (dimension <= last || dimension >= rank)
            {
                verifier.Error(
                    this,
                    dimension >= rank || dimension < 0
                        ? $"dimensions for reduction should be in the range [0, {rank - 1}]."
                        : "attribute 'dimensions' failed to satisfy constraint: i64 dense array attribute should be in increasing order"
                );
                return;
            }

            last = dimension;
        }

        foreach (var init in Inits)
        {
            if (((ShapedType)init.Type).Rank != rank - Dimensions.Count)
            {
                verifier.Error(
                    this,
                    $"number of dimensions after reduction {rank - Dimensions.Count} doesn't match the init rank {((ShapedType)init.Type).Rank}"
                );
                return;
            }
        }

        LinalgVerifier.Verify(this, verifier);
    }
}
