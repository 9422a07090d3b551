using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Sets every element of the destination to a scalar.</summary>
/// <example><code>%r = linalg.fill ins(%x : f32) outs(%t : tensor&lt;?xf32>) -> tensor&lt;?xf32></code></example>
[Op("linalg.fill")]
public sealed partial class FillOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read.</summary>
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    /// <summary>The destination.</summary>
    [Operand<AnyShaped>]
    public partial OperandList Outputs { get; }

    /// <summary>Takes an element of each operand and yields one for each destination.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public partial IReadOnlyList<OpResult> Tensors { get; }

    /// <summary>Fills <paramref name="output"/> with the scalar in <paramref name="inputs"/>.</summary>
    public static FillOp Build(Location location, ReadOnlySpan<Value> inputs, Value output)
    {
        var op = new FillOp(location, inputs, [output], output.Type is RankedTensorType ? [output.Type] : []);
        NamedBodies.First(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [
            new AffineMap(((ShapedType)Outputs[0].Type).Rank, 0, []),
            AffineMap.Identity(((ShapedType)Outputs[0].Type).Rank),
        ];

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [.. Enumerable.Repeat(IteratorType.Parallel, ((ShapedType)Outputs[0].Type).Rank)];

    /// <summary>Parses <c>[{…}] ins(…) outs(…) [-> type]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state) =>
        NamedForm.Parse(parser, state, NamedBodies.First);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => NamedForm.Print(printer, this);

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LinalgVerifier.Verify(this, verifier);
}
