namespace Mlir.Dialects.Llvm;

/// <summary>The lesser signed integer.</summary>
/// <example><code>%r = llvm.intr.smin(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.smin", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class SMinOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value A { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The lesser one.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
