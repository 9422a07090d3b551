namespace Mlir.Dialects.MemRef;

/// <summary>Writes an element of an array.</summary>
/// <example><code>memref.store %v, %m[%i] : memref&lt;?xf32></code></example>
[Op("memref.store", Format = "$value `,` $memref `[` $indices `]` attr-dict `:` type($memref)")]
public sealed partial class StoreOp : Operation, IMemoryEffects
{
    /// <summary>The element.</summary>
    [Operand<AnyType>(InferredBy = nameof(ElementType))]
    public partial Value Value { get; }

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

    private static IrType ElementType(IrType memref) => ShapeFacts.ElementOf(memref);

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        ShapeFacts.VerifyIndices(this, Indices, (ShapedType)Memref.Type, verifier);
        ShapeFacts.VerifyAlignment(this, Alignment, verifier);
        if (Value.Type != ((ShapedType)Memref.Type).ElementType)
        {
            verifier.Error(this, $"expects a value of the element type of {Memref.Type}, got {Value.Type}");
        }
    }
}
