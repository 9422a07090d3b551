namespace Mlir.Dialects.Llvm;

/// <summary>Bitwise or.</summary>
/// <example><code>%r = llvm.or disjoint %a, %b : i32</code></example>
[Op("llvm.or", Format = "(`disjoint` $isDisjoint^)? $lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class OrOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Whether a bit set in both operands makes the result poison.</summary>
    [Attr]
    public partial bool IsDisjoint { get; }

    /// <summary>The bits set in either.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
