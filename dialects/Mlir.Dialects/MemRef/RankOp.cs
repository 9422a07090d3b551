namespace Mlir.Dialects.MemRef;

/// <summary>The number of dimensions of an array.</summary>
/// <example><code>%r = memref.rank %m : memref&lt;*xf32></code></example>
[Op("memref.rank", Format = "$memref attr-dict `:` type($memref)")]
public sealed partial class RankOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Memref { get; }

    /// <summary>The number of dimensions.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        if (Memref.Type is not MemRefType type)
        {
            return false;
        }

        results[0] = IntegerAttr.Get(IndexType.Instance, type.Rank);
        return true;
    }
}
