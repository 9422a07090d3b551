namespace Mlir.Dialects.Flow;

/// <summary>A value that comes from outside of the graph.</summary>
/// <example><code>%x = flow.input "x" : !flow.data&lt;"Tensor&lt;double&gt;"&gt;</code></example>
[Op("flow.input", Format = "$name attr-dict `:` type($value)")]
public sealed partial class InputOp : Operation, IPure
{
    /// <summary>The input's name: in one graph, one name is one value.</summary>
    [Attr(Name = "name")]
    public new partial string Name { get; }

    /// <summary>The value.</summary>
    [Result<AnyData>]
    public partial OpResult Value { get; }
}
