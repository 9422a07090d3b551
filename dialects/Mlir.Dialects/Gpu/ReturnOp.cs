namespace Mlir.Dialects.Gpu;

/// <summary>Ends a function of a GPU module.</summary>
/// <example><code>gpu.return %x : f32</code></example>
[Op("gpu.return", Format = "attr-dict ($operands^ `:` type($operands))?")]
public sealed partial class ReturnOp : Operation, IReturnLike, IMemoryEffects
{
    /// <summary>The results of the function; a kernel has none.</summary>
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not GPUFuncOp function)
        {
            verifier.Error(this, "expects parent op 'gpu.func'");
        }
        else if (!Operands.Types.SequenceEqual(function.FunctionType.Results))
        {
            verifier.Error(
                this,
                $"expected {function.FunctionType.Results.Count} result operands of the function's result types"
            );
        }
    }
}
