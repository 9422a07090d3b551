using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>The inner product of two vectors, added to the destination.</summary>
/// <example><code>%r = linalg.dot ins(%a, %b : tensor&lt;?xf32>, tensor&lt;?xf32>) outs(%t : tensor&lt;f32>) -> tensor&lt;f32></code></example>
[Op("linalg.dot")]
public sealed partial class DotOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
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

    /// <summary>Adds the inner product of the <paramref name="inputs"/> to <paramref name="output"/>.</summary>
    public static DotOp Build(Location location, ReadOnlySpan<Value> inputs, Value output)
    {
        var op = new DotOp(location, inputs, [output], output.Type is RankedTensorType ? [output.Type] : []);
        NamedBodies.MultiplyAdd(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList =>
        [AffineMap.Identity(1), AffineMap.Identity(1), new AffineMap(1, 0, [])];

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList => [IteratorType.Reduction];

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
