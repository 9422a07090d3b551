namespace Mlir.Dialects.MemRef;

/// <summary>Copies the elements of an array to another one of the same shape that does not overlap it.</summary>
/// <example><code>memref.copy %a, %b : memref&lt;?xf32> to memref&lt;?xf32></code></example>
[Op("memref.copy", Format = "$source `,` $target attr-dict `:` type($source) `to` type($target)")]
public sealed partial class CopyOp : Operation, IMemoryEffects
{
    /// <summary>Where from.</summary>
    [Operand<AnyMemRef>]
    public partial Value Source { get; }

    /// <summary>Where to.</summary>
    [Operand<AnyMemRef>]
    public partial Value Target { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, target) = ((ShapedType)Source.Type, (ShapedType)Target.Type);
        if (source.ElementType != target.ElementType || !ShapeFacts.AreCompatible(source, target))
        {
            verifier.Error(this, "requires the same shape and element type for all operands");
        }
    }
}
