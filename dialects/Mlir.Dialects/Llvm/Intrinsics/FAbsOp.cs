namespace Mlir.Dialects.Llvm;

/// <summary>The absolute value: clears the sign bit.</summary>
/// <example><code>%r = llvm.intr.fabs(%a) : (f64) -> f64</code></example>
[Op("llvm.intr.fabs", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FAbsOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value In { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The absolute value.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
