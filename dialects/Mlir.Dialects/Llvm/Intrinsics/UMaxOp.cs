namespace Mlir.Dialects.Llvm;

/// <summary>The greater unsigned integer.</summary>
/// <example><code>%r = llvm.intr.umax(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.umax", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class UMaxOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value A { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The greater one.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
