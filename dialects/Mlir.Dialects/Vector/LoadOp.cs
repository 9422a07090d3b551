namespace Mlir.Dialects.Vector;

/// <summary>Reads a vector of neighbouring elements of an array.</summary>
/// <example><code>%v = vector.load %m[%i] : memref&lt;?xf32>, vector&lt;4xf32></code></example>
[Op("vector.load", Format = "$base `[` $indices `]` attr-dict `:` type($base) `,` type($result)")]
public sealed partial class LoadOp : Operation, IMemoryEffects
{
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

    /// <summary>The vector.</summary>
    [Result<AnyVector>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        VectorAccess.Verify(this, (MemRefType)Base.Type, Indices, (VectorType)Result.Type, verifier);
}
