namespace Mlir.Dialects.Llvm;

/// <summary>Remainder of the signed division, with the sign of the dividend; undefined for a divisor of zero and on overflow.</summary>
/// <example><code>%r = llvm.srem %a, %b : i32</code></example>
[Op("llvm.srem", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class SRemOp : Operation, IPure, IElementwise, ISameType
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
