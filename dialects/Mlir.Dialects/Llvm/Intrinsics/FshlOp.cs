namespace Mlir.Dialects.Llvm;

/// <summary>Funnel shift left: the upper half of the two first operands shifted together.</summary>
/// <example><code>%r = llvm.intr.fshl(%a, %b, %c) : (i32, i32, i32) -> i32</code></example>
[Op("llvm.intr.fshl", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FshlOp : Operation, IPure, IElementwise, ISameType
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

    /// <summary>The upper half of the shifted pair.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Res { get; }
}
