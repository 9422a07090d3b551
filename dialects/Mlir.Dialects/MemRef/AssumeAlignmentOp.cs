namespace Mlir.Dialects.MemRef;

/// <summary>The same array, whose address is known to be a multiple of some number of bytes.</summary>
/// <example><code>%r = memref.assume_alignment %m, 64 : memref&lt;?xf32></code></example>
[Op("memref.assume_alignment", Format = "$memref `,` $alignment attr-dict `:` type($memref)")]
public sealed partial class AssumeAlignmentOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Memref { get; }

    /// <summary>The number of bytes, a power of two.</summary>
    [Attr(Type = "i32")]
    public partial long Alignment { get; }

    /// <summary>The array.</summary>
    [Result(SameTypeAs = nameof(Memref))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "assume_align";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => ShapeFacts.VerifyAlignment(this, Alignment, verifier);
}
