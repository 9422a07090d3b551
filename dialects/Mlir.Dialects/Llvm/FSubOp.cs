namespace Mlir.Dialects.Llvm;

/// <summary>Floating-point subtraction.</summary>
/// <example><code>%r = llvm.fsub %a, %b : f64</code></example>
[Op("llvm.fsub", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class FSubOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is subtracted from.</summary>
    [Operand<LlvmFloat>]
    public partial Value Lhs { get; }

    /// <summary>What is subtracted.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The difference.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
