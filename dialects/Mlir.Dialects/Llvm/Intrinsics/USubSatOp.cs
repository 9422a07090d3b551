namespace Mlir.Dialects.Llvm;

/// <summary>Unsigned subtraction that stops at zero.</summary>
/// <example><code>%r = llvm.intr.usub.sat(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.usub.sat", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class USubSatOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value A { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The difference.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
