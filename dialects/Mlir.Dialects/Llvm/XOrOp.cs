namespace Mlir.Dialects.Llvm;

/// <summary>Bitwise exclusive or.</summary>
/// <example><code>%r = llvm.xor %a, %b : i32</code></example>
[Op("llvm.xor", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class XOrOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The bits set in exactly one.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
