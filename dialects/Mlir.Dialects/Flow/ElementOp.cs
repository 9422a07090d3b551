namespace Mlir.Dialects.Flow;

/// <summary>One item of a tuple.</summary>
/// <example><code>%b = flow.element %t[1] : (…) -> …</code></example>
[Op("flow.element", Format = "$tuple `[` $index `]` attr-dict `:` functional-type($tuple, $result)")]
public sealed partial class ElementOp : Operation, IPure
{
    /// <summary>The item's position, from 0.</summary>
    [Attr]
    public partial long Index { get; }

    /// <summary>The tuple.</summary>
    [Operand<AnyData>]
    public partial Value Tuple { get; }

    /// <summary>The item.</summary>
    [Result<AnyData>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Index < 0)
        {
            verifier.Error(this, $"has the index {Index}, which must not be negative");
        }
    }
}
