namespace Mlir.Dialects.Llvm;

/// <summary>Signed division towards zero; undefined for a divisor of zero and on overflow.</summary>
/// <example><code>%r = llvm.sdiv exact %a, %b : i32</code></example>
[Op("llvm.sdiv", Format = "(`exact` $isExact^)? $lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class SDivOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Whether a remainder other than zero makes the result poison.</summary>
    [Attr]
    public partial bool IsExact { get; }

    /// <summary>The quotient.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
