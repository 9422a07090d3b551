namespace Mlir.Dialects.Llvm;

/// <summary>Floating-point addition.</summary>
/// <example><code>%r = llvm.fadd %a, %b : f64</code></example>
[Op("llvm.fadd", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class FAddOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left addend.</summary>
    [Operand<LlvmFloat>]
    public partial Value Lhs { get; }

    /// <summary>The right addend.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The sum.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
