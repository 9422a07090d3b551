using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Repeats an array along new dimensions.</summary>
/// <example><code>%r = linalg.broadcast ins(%a : tensor&lt;?xf32>) outs(%t : tensor&lt;?x?xf32>) dimensions = [0]</code></example>
[Op("linalg.broadcast")]
public sealed partial class BroadcastOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read.</summary>
    [Operand<AnyShaped>]
    public partial Value Input { get; }

    /// <summary>The destination.</summary>
    [Operand<AnyShaped>]
    public partial Value Init { get; }

    /// <summary>The dimensions of the destination that the input lacks.</summary>
    [Attr(Name = "dimensions")]
    public partial EquatableArray<long> Dimensions { get; }

    /// <summary>Yields the element of the input.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public partial IReadOnlyList<OpResult> Tensors { get; }

    /// <summary>The operation with its body.</summary>
    public static BroadcastOp Build(Location location, Value input, Value init, params ReadOnlySpan<long> dimensions)
    {
        var op = new BroadcastOp(
            location,
            input,
            init,
            EquatableArray.Create(dimensions),
            init.Type is RankedTensorType ? [init.Type] : []
        );
        NamedBodies.First(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "broadcasted";

    /// <inheritdoc/>
    public OperandList Inputs => Operands.Slice(0, 1);

    /// <inheritdoc/>
    public OperandList Outputs => Operands.Slice(1, 1);

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList
    {
        get
        {
            var rank = ((ShapedType)Init.Type).Rank;
            var kept = AffineMap.Select(rank, Enumerable.Range(0, rank).Where(d => !Dimensions.Contains(d)));
            return [kept, AffineMap.Identity(rank)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [.. Enumerable.Repeat(IteratorType.Parallel, ((ShapedType)Init.Type).Rank)];

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <summary>Parses <c>ins(…) outs(…) dimensions = […] [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        LinalgForm.ParseOperands(parser, state, addResults: false);
        state.SetAttribute("dimensions", DimensionsForm.Parse(parser, "dimensions"));
        parser.ParseOptionalAttrDict(state);
        if (state.Operands.Count != 2)
        {
            throw parser.Error("expected one input and one destination", state.Location);
        }

        LinalgForm.AddTensorResults(state, 1);
        var body = new Region();
        NamedBodies.First(body, state.Operands.Select(o => o.Type), state.Location);
        state.Regions.Add(body);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        LinalgForm.PrintOperands(printer, Inputs, Outputs);
        DimensionsForm.Print(printer, "dimensions", Dimensions);
        printer.WriteAttrDict(this, "dimensions");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (input, init) = ((ShapedType)Input.Type, (ShapedType)Init.Type);
        if (input.Rank + Dimensions.Count != init.Rank)
        {
            verifier.Error(
                this,
                $"input rank plus added dimensions does not match init rank. input rank: {input.Rank}, dimensions size: {Dimensions.Count}, init rank: {init.Rank}"
            );
            return;
        }

        foreach (var dimension in Dimensions)
        {
            if (dimension < 0 || dimension >= init.Rank || Dimensions.Count(d => d == dimension) > 1)
            {
                verifier.Error(
                    this,
                    $"dimension {dimension} is out of range or named twice. expected range: [0, {init.Rank - 1}], got: {dimension}"
                );
                return;
            }
        }

        LinalgVerifier.Verify(this, verifier);
    }
}
