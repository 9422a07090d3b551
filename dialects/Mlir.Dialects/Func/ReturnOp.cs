namespace Mlir.Dialects.Func;

/// <summary>Ends a function and hands its results to the caller.</summary>
/// <example><code>return %a, %b : i32, f64</code></example>
[Op("func.return", Format = "attr-dict ($operands^ `:` type($operands))?")]
public sealed partial class ReturnOp : Operation, IReturnLike, IMemoryEffects
{
    /// <summary>The results of the function.</summary>
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not FuncOp function)
        {
            if (ParentOp is not (null or UnregisteredOp or IFunctionLike))
            {
                verifier.Error(this, "expects parent op 'func.func'");
            }

            return;
        }

        var expected = function.FunctionType.Results;
        if (Operands.Count != expected.Count)
        {
            verifier.Error(
                this,
                $"has {Operands.Count} operands, but enclosing function (@{function.SymName}) returns {expected.Count}"
            );
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (Operands[i].Type != expected[i])
            {
                verifier.Error(
                    this,
                    $"type of return operand {i} ('{Operands[i].Type}') doesn't match function result type ('{expected[i]}') in function @{function.SymName}"
                );
            }
        }
    }
}
