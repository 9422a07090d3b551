namespace Mlir.Dialects.Llvm;

/// <summary>Unsigned division; undefined for a divisor of zero.</summary>
/// <example><code>%r = llvm.udiv exact %a, %b : i32</code></example>
[Op("llvm.udiv", Format = "(`exact` $isExact^)? $lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class UDivOp : Operation, IPure, IElementwise, ISameType
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
