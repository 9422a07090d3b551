namespace Mlir.Dialects.Llvm;

/// <summary>Negation: flips the sign bit.</summary>
/// <example><code>%r = llvm.fneg %a : f64</code></example>
[Op("llvm.fneg", Format = "$operand attr-dict `:` type($res)")]
public sealed partial class FNegOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is negated.</summary>
    [Operand<LlvmFloat>]
    public partial Value Operand { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The negated value.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Res { get; }
}
