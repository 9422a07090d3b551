namespace Mlir.Dialects.Llvm;

/// <summary>A value together with the value it probably has.</summary>
/// <example><code>%r = llvm.intr.expect %a, %b : i32</code></example>
[Op("llvm.intr.expect", Format = "$val `,` $expected attr-dict `:` type($val)")]
public sealed partial class ExpectOp : Operation, IPure
{
    /// <summary>The value.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Val { get; }

    /// <summary>What it probably equals.</summary>
    [Operand<LlvmScalarInteger>(SameTypeAs = nameof(Val))]
    public partial Value Expected { get; }

    /// <summary>The value.</summary>
    [Result(SameTypeAs = nameof(Val))]
    public partial OpResult Res { get; }
}
