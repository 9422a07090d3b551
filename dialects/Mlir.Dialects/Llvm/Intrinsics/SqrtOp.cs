namespace Mlir.Dialects.Llvm;

/// <summary>The square root, correctly rounded.</summary>
/// <example><code>%r = llvm.intr.sqrt(%a) : (f64) -> f64</code></example>
[Op("llvm.intr.sqrt", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class SqrtOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value In { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The root.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
