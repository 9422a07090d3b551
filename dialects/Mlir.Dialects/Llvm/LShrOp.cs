namespace Mlir.Dialects.Llvm;

/// <summary>Right shift that fills with zeros; a distance of the width or more makes poison.</summary>
/// <example><code>%r = llvm.lshr exact %a, %b : i32</code></example>
[Op("llvm.lshr", Format = "(`exact` $isExact^)? $lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class LShrOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is shifted.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The distance.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Whether a remainder other than zero makes the result poison.</summary>
    [Attr]
    public partial bool IsExact { get; }

    /// <summary>The shifted value.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
