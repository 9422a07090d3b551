namespace Mlir.Dialects.Llvm;

/// <summary>Integer subtraction.</summary>
/// <example><code>%r = llvm.sub %a, %b overflow&lt;nsw> : i32</code></example>
[Op("llvm.sub", Format = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($res)")]
public sealed partial class SubOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is subtracted from.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>What is subtracted.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Which overflows make the result poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The difference.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
