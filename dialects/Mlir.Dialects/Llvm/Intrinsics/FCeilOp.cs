namespace Mlir.Dialects.Llvm;

/// <summary>Rounds towards plus infinity.</summary>
/// <example><code>%r = llvm.intr.ceil(%a) : (f64) -> f64</code></example>
[Op("llvm.intr.ceil", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FCeilOp : Operation, IPure, IElementwise, ISameType
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
