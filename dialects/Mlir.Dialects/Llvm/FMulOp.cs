namespace Mlir.Dialects.Llvm;

/// <summary>Floating-point multiplication.</summary>
/// <example><code>%r = llvm.fmul %a, %b : f64</code></example>
[Op("llvm.fmul", Format = "$lhs `,` $rhs attr-dict `:` type($res)")]
public sealed partial class FMulOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<LlvmFloat>]
    public partial Value Lhs { get; }

    /// <summary>The right factor.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The product.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Res { get; }
}
