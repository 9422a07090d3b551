namespace Mlir.Dialects.Llvm;

/// <summary>Left shift; a distance of the width or more makes poison.</summary>
/// <example><code>%r = llvm.shl %a, %b overflow&lt;nsw> : i32</code></example>
[Op("llvm.shl", Format = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($res)")]
public sealed partial class ShlOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is shifted.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The distance.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Which overflows make the result poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The shifted value.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
