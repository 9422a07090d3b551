namespace Mlir.Dialects.Llvm;

/// <summary>The number of zero bits below the lowest set one.</summary>
/// <example><code>%r = "llvm.intr.cttz"(%a) &lt;{is_zero_poison = false}> : (i32) -> i32</code></example>
[Op("llvm.intr.cttz")]
public sealed partial class CountTrailingZerosOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value In { get; }

    /// <summary>Whether an operand of zero makes the result poison; otherwise it is the width.</summary>
    [Attr(Name = "is_zero_poison", Type = "i1")]
    public partial bool IsZeroPoison { get; }

    /// <summary>The count.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
