namespace Mlir.Dialects.Llvm;

/// <summary>Remainder of the floating-point division, as C's <c>fmod</c>.</summary>
/// <example><code>%r = llvm.frem %a, %b : f64</code></example>
[Op("llvm.frem", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class FRemOp : Operation, IPure, IElementwise, ISameType
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

    /// <summary>The remainder.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
