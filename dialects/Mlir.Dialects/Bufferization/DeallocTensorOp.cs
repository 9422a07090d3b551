namespace Mlir.Dialects.Bufferization;

/// <summary>Frees the array behind a tensor.</summary>
/// <example><code>bufferization.dealloc_tensor %t : tensor&lt;?xf32></code></example>
[Op("bufferization.dealloc_tensor", Format = "$tensor attr-dict `:` type($tensor)")]
public sealed partial class DeallocTensorOp : Operation, IMemoryEffects
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Tensor { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Free;
}
