namespace Mlir.Dialects.MemRef;

/// <summary>Reads an element of an array.</summary>
/// <example><code>%v = memref.load %m[%i] : memref&lt;?xf32></code></example>
[Op("memref.load", Format = "$memref `[` $indices `]` attr-dict `:` type($memref)")]
public sealed partial class LoadOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Memref { get; }

    /// <summary>A subscript for each dimension.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>Whether the cache should be left alone.</summary>
    [Attr(Type = "i1", Default = "false")]
    public partial bool Nontemporal { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>The element.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Result { get; }

    private static IrType ElementType(IrType memref) => ShapeFacts.ElementOf(memref);

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        ShapeFacts.VerifyIndices(this, Indices, (ShapedType)Memref.Type, verifier);
        ShapeFacts.VerifyAlignment(this, Alignment, verifier);
    }
}
