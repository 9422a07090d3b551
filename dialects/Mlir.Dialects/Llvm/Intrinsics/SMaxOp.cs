namespace Mlir.Dialects.Llvm;

/// <summary>The greater signed integer.</summary>
/// <example><code>%r = llvm.intr.smax(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.smax", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class SMaxOp : Operation, IPure, ICommutative, IElementwise, ISameType
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
