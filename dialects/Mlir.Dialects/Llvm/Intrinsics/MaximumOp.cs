namespace Mlir.Dialects.Llvm;

/// <summary>The greater float; a NaN operand gives NaN, and -0 is less than +0.</summary>
/// <example><code>%r = llvm.intr.maximum(%a, %b) : (f64, f64) -> f64</code></example>
[Op("llvm.intr.maximum", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class MaximumOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value A { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The greater one.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
