namespace Mlir.Dialects.Tensor;

/// <summary>A tensor whose elements a region computes from their subscripts.</summary>
/// <example><code>%t = tensor.generate %n {
/// ^bb0(%i: index):
///   tensor.yield %x : f32
/// } : tensor&lt;?xf32></code></example>
[Op("tensor.generate", Format = "$dynamicExtents $body attr-dict `:` type($result)")]
public sealed partial class GenerateOp : Operation, IRecursiveEffects, ISingleBlock
{
    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList DynamicExtents { get; }

    /// <summary>Takes the subscripts and yields the element.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "generated";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (RankedTensorType)Result.Type;
        ShapeFacts.VerifyDynamicSizes(this, DynamicExtents, type, verifier);
        if (!Body.HasOneBlock)
        {
            return;
        }

        var block = Body.Single;
        if (block.Arguments.Count != type.Rank || block.Arguments.Any(a => a.Type is not IndexType))
        {
            verifier.Error(this, "must have one body argument per input dimension");
        }

        if (block.Last is not YieldOp yield)
        {
            verifier.Error(this, "expects its region to end with 'tensor.yield'");
        }
        else if (yield.Value.Type != type.ElementType)
        {
            verifier.Error(this, "body must be terminated with a `yield` operation of the tensor element type");
        }
    }
}
