namespace Mlir.Dialects.Llvm;

/// <summary>The number of bits that are set.</summary>
/// <example><code>%r = llvm.intr.ctpop(%a) : (i32) -> i32</code></example>
[Op("llvm.intr.ctpop", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class CtPopOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value In { get; }

    /// <summary>The count.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
