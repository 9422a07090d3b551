using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>The product of a matrix and a vector, added to the destination.</summary>
/// <example><code>%r = linalg.matvec ins(%a, %x : tensor&lt;?x?xf32>, tensor&lt;?xf32>) outs(%t : tensor&lt;?xf32>) -> tensor&lt;?xf32></code></example>
[Op("linalg.matvec")]
public sealed partial class MatvecOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
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

    /// <summary>Adds the product of the matrix and the vector in <paramref name="inputs"/> to <paramref name="output"/>.</summary>
    public static MatvecOp Build(Location location, ReadOnlySpan<Value> inputs, Value output)
    {
        var op = new MatvecOp(location, inputs, [output], output.Type is RankedTensorType ? [output.Type] : []);
        NamedBodies.MultiplyAdd(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [AffineMap.Identity(2), AffineMap.Select(2, 1), AffineMap.Select(2, 0)];

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
