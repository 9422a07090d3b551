namespace Mlir.Dialects.Bufferization;

/// <summary>The array in memory that holds a tensor.</summary>
/// <example><code>%m = bufferization.to_buffer %t : tensor&lt;?xf32> to memref&lt;?xf32></code></example>
[Op(
    "bufferization.to_buffer",
    Format = "$tensor (`read_only` $read_only^)? attr-dict `:` type($tensor) `to` type($buffer)"
)]
public sealed partial class ToBufferOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Tensor { get; }

    /// <summary>Whether the array must not be written.</summary>
    [Attr(Name = "read_only")]
    public partial bool ReadOnly { get; }

    /// <summary>The array.</summary>
    [Result<AnyMemRef>]
    public partial OpResult Buffer { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // to_buffer(to_tensor(m)) → m
        if (Tensor.Definer is not ToTensorOp { Buffer: var buffer } || buffer.Type != Buffer.Type)
        {
            return false;
        }

        results[0] = buffer;
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => Buffers.Verify(this, Tensor.Type, Buffer.Type, verifier);
}
