namespace Mlir.Dialects.Llvm;

/// <summary>Rounds towards zero.</summary>
/// <example><code>%r = llvm.intr.trunc(%a) : (f64) -> f64</code></example>
[Op("llvm.intr.trunc", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FTruncOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value In { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The rounded value.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
