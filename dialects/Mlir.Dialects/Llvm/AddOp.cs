namespace Mlir.Dialects.Llvm;

/// <summary>Integer addition.</summary>
/// <example><code>%r = llvm.add %a, %b overflow&lt;nsw> : i32</code></example>
[Op("llvm.add", Format = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($res)")]
public sealed partial class AddOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left addend.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right addend.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Which overflows make the result poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The sum.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
