namespace Mlir.Dialects.Llvm;

/// <summary>Floating-point division.</summary>
/// <example><code>%r = llvm.fdiv %a, %b : f64</code></example>
[Op("llvm.fdiv", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class FDivOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<LlvmFloat>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The quotient.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
