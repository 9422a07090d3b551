namespace Mlir.Dialects.Flow;

/// <summary>A constant of the graph: a number, a truth value, a string.</summary>
/// <example><code>%by = flow.literal 2.0 : f64 -> !flow.data&lt;"double"&gt;</code></example>
[Op("flow.literal", Format = "$value attr-dict `->` type($result)")]
public sealed partial class LiteralOp : Operation, IConstantLike
{
    /// <summary>The constant.</summary>
    [Attr]
    public partial IrAttribute Value { get; }

    /// <summary>The constant as a value.</summary>
    [Result<AnyData>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public IrAttribute ConstantValue => Value;
}
