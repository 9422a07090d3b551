namespace Mlir.Dialects.Llvm;

/// <summary>Remainder of the unsigned division; undefined for a divisor of zero.</summary>
/// <example><code>%r = llvm.urem %a, %b : i32</code></example>
[Op("llvm.urem", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class URemOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The remainder.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
