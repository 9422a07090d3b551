using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>The product of a vector and a matrix, added to the destination.</summary>
/// <example><code>%r = linalg.vecmat ins(%x, %b : tensor&lt;?xf32>, tensor&lt;?x?xf32>) outs(%t : tensor&lt;?xf32>) -> tensor&lt;?xf32></code></example>
[Op("linalg.vecmat")]
public sealed partial class VecmatOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
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

    /// <summary>Adds the product of the vector and the matrix in <paramref name="inputs"/> to <paramref name="output"/>.</summary>
    public static VecmatOp Build(Location location, ReadOnlySpan<Value> inputs, Value output)
    {
        var op = new VecmatOp(location, inputs, [output], output.Type is RankedTensorType ? [output.Type] : []);
        NamedBodies.MultiplyAdd(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [AffineMap.Select(2, 1), AffineMap.Select(2, 1, 0), AffineMap.Select(2, 0)];

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList => [IteratorType.Parallel, IteratorType.Reduction];

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
