namespace Mlir.Dialects.Bufferization;

/// <summary>Puts a tensor into a given place: another tensor, or an array.</summary>
/// <example><code>%r = bufferization.materialize_in_destination %t in %d : (tensor&lt;?xf32>, tensor&lt;?xf32>) -> tensor&lt;?xf32></code></example>
[Op(
    "bufferization.materialize_in_destination",
    Format = "$source `in` (`restrict` $restrict^)? (`writable` $writable^)? $dest attr-dict `:` functional-type(operands, results)"
)]
public sealed partial class MaterializeInDestinationOp : Operation, IMemoryEffects
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Source { get; }

    /// <summary>The place.</summary>
    [Operand<AnyType>]
    public partial Value Dest { get; }

    /// <summary>Whether nothing else in the function reaches the array.</summary>
    [Attr]
    public partial bool Restrict { get; }

    /// <summary>Whether the array may be written; required for arrays.</summary>
    [Attr]
    public partial bool Writable { get; }

    /// <summary>The tensor in its place; absent for arrays.</summary>
    [Result<AnyTensor>]
    public partial OpResult? Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects =>
        Dest.Type is MemRefType ? MemoryEffects.Read | MemoryEffects.Write : MemoryEffects.None;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Dest.Type is not (RankedTensorType or UnrankedTensorType or MemRefType or UnrankedMemRefType))
        {
            verifier.Error(this, "'dest' must be a tensor or a memref");
        }
        else if ((Dest.Type is ShapedType and (RankedTensorType or UnrankedTensorType)) != (Result is not null))
        {
            verifier.Error(
                this,
                Result is null
                    ? "expected tensor result for tensor destination"
                    : "did not expect tensor result for memref destination"
            );
        }
        else if (Dest.Type is MemRefType or UnrankedMemRefType && !Writable)
        {
            verifier.Error(this, "'writable' must be specified if the destination is a memref");
        }
        else if (
            ShapeFacts.ElementOf(Source.Type) != ShapeFacts.ElementOf(Dest.Type)
            || !ShapeFacts.AreCompatible((ShapedType)Source.Type, (ShapedType)Dest.Type)
        )
        {
            verifier.Error(this, "source and destination shapes do not match");
        }
    }
}
