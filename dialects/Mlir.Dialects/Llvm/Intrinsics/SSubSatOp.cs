namespace Mlir.Dialects.Llvm;

/// <summary>Signed subtraction that stops at the ends of the range.</summary>
/// <example><code>%r = llvm.intr.ssub.sat(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.ssub.sat", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class SSubSatOp : Operation, IPure, IElementwise, ISameType
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
