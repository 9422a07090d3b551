namespace Mlir.Dialects.Llvm;

/// <summary>Rounds to an integer in the current rounding mode.</summary>
/// <example><code>%r = llvm.intr.nearbyint(%a) : (f64) -> f64</code></example>
[Op("llvm.intr.nearbyint", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class NearbyintOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value In { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The rounded value.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
