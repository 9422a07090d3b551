namespace Mlir.Dialects.MemRef;

/// <summary>The address of the memory behind an array, as a number.</summary>
/// <example><code>%p = memref.extract_aligned_pointer_as_index %m : memref&lt;?xf32> -> index</code></example>
[Op(
    "memref.extract_aligned_pointer_as_index",
    Format = "$source `:` type($source) `->` type($alignedPointer) attr-dict"
)]
public sealed partial class ExtractAlignedPointerAsIndexOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Source { get; }

    /// <summary>The address.</summary>
    [Result<Index>]
    public partial OpResult AlignedPointer { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "intptr";
}
