namespace Mlir.Dialects.Llvm;

/// <summary>Funnel shift right: the lower half of the two first operands shifted together.</summary>
/// <example><code>%r = llvm.intr.fshr(%a, %b, %c) : (i32, i32, i32) -> i32</code></example>
[Op("llvm.intr.fshr", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FshrOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The upper half.</summary>
    [Operand<LlvmInteger>]
    public partial Value A { get; }

    /// <summary>The lower half.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value B { get; }

    /// <summary>The distance, modulo the width.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(A))]
    public partial Value C { get; }

    /// <summary>The lower half of the shifted pair.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
