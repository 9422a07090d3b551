namespace Mlir.Dialects.Vector;

/// <summary>Writes a vector to neighbouring elements of an array.</summary>
/// <example><code>vector.store %v, %m[%i] : memref&lt;?xf32>, vector&lt;4xf32></code></example>
[Op(
    "vector.store",
    Format = "$valueToStore `,` $base `[` $indices `]` attr-dict `:` type($base) `,` type($valueToStore)"
)]
public sealed partial class StoreOp : Operation, IMemoryEffects
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value ValueToStore { get; }

    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Base { get; }

    /// <summary>The subscripts of the first element.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>Whether the cache should be left alone.</summary>
    [Attr(Type = "i1", Default = "false")]
    public partial bool Nontemporal { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        VectorAccess.Verify(this, (MemRefType)Base.Type, Indices, (VectorType)ValueToStore.Type, verifier);
}
