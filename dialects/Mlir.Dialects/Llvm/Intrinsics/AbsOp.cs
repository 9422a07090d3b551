namespace Mlir.Dialects.Llvm;

/// <summary>The absolute value of a signed integer.</summary>
/// <example><code>%r = "llvm.intr.abs"(%a) &lt;{is_int_min_poison = false}> : (i32) -> i32</code></example>
[Op("llvm.intr.abs")]
public sealed partial class AbsOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value In { get; }

    /// <summary>Whether the least integer makes the result poison; otherwise it stays as it is.</summary>
    [Attr(Name = "is_int_min_poison", Type = "i1")]
    public partial bool IsIntMinPoison { get; }

    /// <summary>The absolute value.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
