namespace Mlir.Dialects.Llvm;

/// <summary>The operand itself, or some fixed value when it is undefined or poison.</summary>
/// <example><code>%r = llvm.freeze %a : i32</code></example>
[Op("llvm.freeze", Format = "$val attr-dict `:` type($val)")]
public sealed partial class FreezeOp : Operation, ISameType
{
    /// <summary>What is frozen.</summary>
    [Operand<LlvmValue>]
    public partial Value Val { get; }

    /// <summary>A value that is the same at every use.</summary>
    [Result(SameTypeAs = nameof(Val))]
    public partial OpResult Res { get; }
}
