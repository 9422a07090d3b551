using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>The products of pairs of matrices, each added to its destination.</summary>
/// <example><code>%r = linalg.batch_matmul ins(%a, %b : tensor&lt;?x?x?xf32>, tensor&lt;?x?x?xf32>) outs(%t : tensor&lt;?x?x?xf32>) -> tensor&lt;?x?x?xf32></code></example>
[Op("linalg.batch_matmul")]
public sealed partial class BatchMatmulOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
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

    /// <summary>Adds the products of the <paramref name="inputs"/>, pair by pair, to <paramref name="output"/>.</summary>
    public static BatchMatmulOp Build(Location location, ReadOnlySpan<Value> inputs, Value output)
    {
        var op = new BatchMatmulOp(location, inputs, [output], output.Type is RankedTensorType ? [output.Type] : []);
        NamedBodies.MultiplyAdd(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [AffineMap.Select(4, 0, 1, 3), AffineMap.Select(4, 0, 3, 2), AffineMap.Select(4, 0, 1, 2)];

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [IteratorType.Parallel, IteratorType.Parallel, IteratorType.Parallel, IteratorType.Reduction];

    /// <summary>Parses <c>[{…}] ins(…) outs(…) [-> type]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state) =>
        NamedForm.Parse(parser, state, NamedBodies.MultiplyAdd);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => NamedForm.Print(printer, this);

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LinalgVerifier.Verify(this, verifier);
}
