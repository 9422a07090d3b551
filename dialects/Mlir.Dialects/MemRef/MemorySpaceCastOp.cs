namespace Mlir.Dialects.MemRef;

/// <summary>The same array seen through another memory space.</summary>
/// <example><code>%r = memref.memory_space_cast %m : memref&lt;?xf32> to memref&lt;?xf32, 1></code></example>
[Op("memref.memory_space_cast", Format = "$source attr-dict `:` type($source) `to` type($dest)")]
public sealed partial class MemorySpaceCastOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Source { get; }

    /// <summary>The array in the other space.</summary>
    [Result<AnyMemRef>]
    public partial OpResult Dest { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "memspacecast";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, dest) = ((ShapedType)Source.Type, (ShapedType)Dest.Type);
        if (
            source.ElementType != dest.ElementType
            || source.HasRank != dest.HasRank
            || source.Shape != dest.Shape
            || (source as MemRefType)?.Layout != (dest as MemRefType)?.Layout
        )
        {
            verifier.Error(this, $"operand type '{source}' and result type '{dest}' are cast incompatible");
        }
    }
}
