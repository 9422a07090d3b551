namespace Mlir.Dialects.Llvm;

/// <summary>The bits in reverse order.</summary>
/// <example><code>%r = llvm.intr.bitreverse(%a) : (i32) -> i32</code></example>
[Op("llvm.intr.bitreverse", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class BitReverseOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value In { get; }

    /// <summary>The reversed bits.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
