namespace Mlir.Dialects.Llvm;

/// <summary>The magnitude of one float with the sign of another.</summary>
/// <example><code>%r = llvm.intr.copysign(%a, %b) : (f64, f64) -> f64</code></example>
[Op("llvm.intr.copysign", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class CopySignOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The magnitude.</summary>
    [Operand<LlvmFloat>]
    public partial Value A { get; }

    /// <summary>The sign.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The combined float.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
