namespace Mlir.Dialects.Bufferization;

/// <summary>The contents of an array as a tensor.</summary>
/// <example><code>%t = bufferization.to_tensor %m restrict : memref&lt;?xf32> to tensor&lt;?xf32></code></example>
[Op(
    "bufferization.to_tensor",
    Format = "$buffer (`restrict` $restrict^)? (`writable` $writable^)? attr-dict `:` type($buffer) `to` type($result)"
)]
public sealed partial class ToTensorOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Buffer { get; }

    /// <summary>Whether nothing else in the function reaches the array.</summary>
    [Attr]
    public partial bool Restrict { get; }

    /// <summary>Whether the array may be written.</summary>
    [Attr]
    public partial bool Writable { get; }

    /// <summary>The contents.</summary>
    [Result<AnyTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => Buffers.Verify(this, Result.Type, Buffer.Type, verifier);
}
