namespace Mlir.Dialects.Llvm;

/// <summary>Bitwise and.</summary>
/// <example><code>%r = llvm.and %a, %b : i32</code></example>
[Op("llvm.and", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class AndOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The bits set in both.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
