namespace Mlir.Dialects.Tensor;

/// <summary>The same tensor under a type that knows more or less about its shape; wrong knowledge is undefined.</summary>
/// <example><code>%r = tensor.cast %t : tensor&lt;?xf32> to tensor&lt;4xf32></code></example>
[Op("tensor.cast", Format = "$source attr-dict `:` type($source) `to` type($dest)")]
public sealed partial class CastOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Source { get; }

    /// <summary>The tensor under the other type.</summary>
    [Result<AnyTensor>]
    public partial OpResult Dest { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "cast";

    /// <summary>Whether a tensor of the one type may be cast to the other.</summary>
    public static bool AreCompatible(IrType from, IrType to) =>
        from is ShapedType source
        && to is ShapedType target
        && source.ElementType == target.ElementType
        && ShapeFacts.AreCompatible(source, target);

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
