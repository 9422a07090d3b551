namespace Mlir.Dialects.Llvm;

/// <summary>One of two values by a truth value, or element by element by a vector of them.</summary>
/// <example><code>%r = llvm.select %c, %a, %b : i1, i32</code></example>
[Op("llvm.select", Format = "$condition `,` $trueValue `,` $falseValue attr-dict `:` type($condition) `,` type($res)")]
public sealed partial class SelectOp : Operation, IPure
{
    /// <summary>The choice.</summary>
    [Operand<LlvmBool>]
    public partial Value Condition { get; }

    /// <summary>The result where the choice is true.</summary>
    [Operand<LlvmValue>]
    public partial Value TrueValue { get; }

    /// <summary>The result where it is false.</summary>
    [Operand<LlvmValue>(SameTypeAs = nameof(TrueValue))]
    public partial Value FalseValue { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The value chosen.</summary>
    [Result(SameTypeAs = nameof(TrueValue))]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Condition.Type is VectorType && !LlvmShapes.SameShape(Condition.Type, Res.Type))
        {
            verifier.Error(this, $"a choice of type {Condition.Type} cannot select between values of type {Res.Type}");
        }
    }
}
