namespace Mlir.Dialects.MemRef;

/// <summary>An array over a piece of a buffer of bytes.</summary>
/// <example><code>%v = memref.view %bytes[%offset][%n] : memref&lt;2048xi8> to memref&lt;?xf32></code></example>
[Op(
    "memref.view",
    Format = "$source `[` $byteShift `]` `` `[` $sizes `]` attr-dict `:` type($source) `to` type($result)"
)]
public sealed partial class ViewOp : Operation, IPure
{
    /// <summary>The buffer of bytes.</summary>
    [Operand<RankedMemRef>]
    public partial Value Source { get; }

    /// <summary>Where the array starts, in bytes.</summary>
    [Operand<Index>]
    public partial Value ByteShift { get; }

    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList Sizes { get; }

    /// <summary>The array.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "view";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Source.Type is not MemRefType { Rank: 1, ElementType: IntegerType { Width: 8 }, Layout: null })
        {
            verifier.Error(this, "expects a contiguous buffer of bytes, a memref<?xi8>");
        }

        var result = (MemRefType)Result.Type;
        if (result.Layout is not null)
        {
            verifier.Error(this, "unsupported map for result memref type");
        }

        if (Sizes.Count != result.DynamicDimCount)
        {
            verifier.Error(this, $"incorrect number of size operands for type {result}");
        }
    }
}
