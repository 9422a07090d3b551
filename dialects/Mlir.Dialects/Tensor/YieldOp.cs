namespace Mlir.Dialects.Tensor;

/// <summary>Gives the value of an element to the operation around it.</summary>
/// <example><code>tensor.yield %x : f32</code></example>
[Op("tensor.yield", Format = "$value attr-dict `:` type($value)")]
public sealed partial class YieldOp : Operation, IPure, IReturnLike
{
    /// <summary>The value.</summary>
    [Operand<AnyType>]
    public partial Value Value { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not (GenerateOp or PadOp))
        {
            verifier.Error(this, "expects parent op to be one of 'tensor.generate, tensor.pad'");
        }
    }
}
