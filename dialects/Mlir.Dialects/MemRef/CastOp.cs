namespace Mlir.Dialects.MemRef;

/// <summary>The same array under a type that knows more or less about its shape and layout; wrong knowledge is undefined.</summary>
/// <example><code>%r = memref.cast %m : memref&lt;?xf32> to memref&lt;4xf32></code></example>
[Op("memref.cast", Format = "$source attr-dict `:` type($source) `to` type($dest)")]
public sealed partial class CastOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Source { get; }

    /// <summary>The array under the other type.</summary>
    [Result<AnyMemRef>]
    public partial OpResult Dest { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "cast";

    /// <summary>Whether an array of the one type may be cast to the other.</summary>
    public static bool AreCompatible(IrType from, IrType to)
    {
        if (from is UnrankedMemRefType || to is UnrankedMemRefType)
        {
            return from != to && ShapeFacts.ElementOf(from) == ShapeFacts.ElementOf(to);
        }

        if (
            from is not MemRefType source
            || to is not MemRefType target
            || source.ElementType != target.ElementType
            || source.MemorySpace != target.MemorySpace
            || !ShapeFacts.AreCompatible(source, target)
        )
        {
            return false;
        }

        if (source.Layout == target.Layout)
        {
            return true;
        }

        if (source.StridesAndOffset is not { } a || target.StridesAndOffset is not { } b || !Agree(a.Offset, b.Offset))
        {
            return false;
        }

        for (var i = 0; i < source.Rank; i++)
        {
            if (!Agree(a.Strides[i], b.Strides[i]) && source.Shape[i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Agree(long a, long b) => a == b || a == ShapedType.Dynamic || b == ShapedType.Dynamic;

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // cast(x : t) : t → x,  cast(cast(x : t)) : t → x
        var source =
            Source.Type == Dest.Type ? Source
            : Source.Definer is CastOp { Source: var inner } && inner.Type == Dest.Type ? inner
            : null;
        if (source is null)
        {
            return false;
        }

        results[0] = source;
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!AreCompatible(Source.Type, Dest.Type))
        {
            verifier.Error(this, $"operand type '{Source.Type}' and result type '{Dest.Type}' are cast incompatible");
        }
    }
}
