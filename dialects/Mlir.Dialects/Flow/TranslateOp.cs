namespace Mlir.Dialects.Flow;

/// <summary>Turns a value into another form of the same data, by one translator.</summary>
/// <example><code>%s = flow.translate by "Plugin.ToCsr"(%x) : (…) -> …</code></example>
[Op(
    "flow.translate",
    Format = "`by` $implementation (`on` $compiler^)? `(` $source `)` attr-dict `:` functional-type($source, $result)"
)]
public sealed partial class TranslateOp : Operation, IFlowTask, IPure
{
    /// <inheritdoc/>
    [Attr]
    public partial string Implementation { get; }

    /// <inheritdoc/>
    [Attr]
    public partial string? Compiler { get; }

    /// <summary>The value.</summary>
    [Operand<AnyData>]
    public partial Value Source { get; }

    /// <summary>The value in its new form.</summary>
    [Result<AnyData>]
    public partial OpResult Result { get; }
}
