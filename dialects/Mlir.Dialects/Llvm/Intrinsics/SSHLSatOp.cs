namespace Mlir.Dialects.Llvm;

/// <summary>Signed left shift that stops at the ends of the range.</summary>
/// <example><code>%r = llvm.intr.sshl.sat(%a, %b) : (i32, i32) -> i32</code></example>
[Op("llvm.intr.sshl.sat", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class SSHLSatOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is shifted.</summary>
    [Operand<LlvmInteger>]
    public partial Value A { get; }

    /// <summary>The distance.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The shifted value.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
