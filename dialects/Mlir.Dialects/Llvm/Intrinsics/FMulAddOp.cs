namespace Mlir.Dialects.Llvm;

/// <summary>The sum of a product and an addend, rounded once where that is fast, twice elsewhere.</summary>
/// <example><code>%r = llvm.intr.fmuladd(%a, %b, %c) : (f64, f64, f64) -> f64</code></example>
[Op("llvm.intr.fmuladd", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FMulAddOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<LlvmFloat>]
    public partial Value A { get; }

    /// <summary>The right factor.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The addend.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(A))]
    public partial Value C { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The sum.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
