namespace Mlir.Dialects.Llvm;

/// <summary>The product of a start value and all elements, in order unless <c>reassoc</c> is given.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.fmul"(%s, %v) &lt;{fastmathFlags = #llvm.fastmath&lt;reassoc>}> : (f32, vector&lt;4xf32>) -> f32</code></example>
[Op("llvm.intr.vector.reduce.fmul")]
public sealed partial class VectorReduceFMulOp : Operation, IPure
{
    /// <summary>The start value.</summary>
    [Operand<LlvmScalarFloat>]
    public partial Value StartValue { get; }

    /// <summary>The vector.</summary>
    [Operand<LlvmFloatVector>]
    public partial Value Input { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The product.</summary>
    [Result(SameTypeAs = nameof(StartValue))]
    public partial OpResult Res { get; }
}
