namespace Mlir.Dialects.Llvm;

/// <summary>Integer multiplication.</summary>
/// <example><code>%r = llvm.mul %a, %b overflow&lt;nsw> : i32</code></example>
[Op("llvm.mul", Format = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($res)")]
public sealed partial class MulOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right factor.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Which overflows make the result poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The product.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
