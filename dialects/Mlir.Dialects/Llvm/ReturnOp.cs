namespace Mlir.Dialects.Llvm;

/// <summary>Returns from a function, or yields the initial value of a global.</summary>
/// <example><code>llvm.return %r : i32</code></example>
[Op("llvm.return", Format = "attr-dict ($arg^ `:` type($arg))?")]
public sealed partial class ReturnOp : Operation, IReturnLike
{
    /// <summary>The result; absent where there is none.</summary>
    [Operand<LlvmValue>]
    public partial Value? Arg { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var expected = ParentOp switch
        {
            LLVMFuncOp function => function.FunctionType.ReturnType,
            GlobalOp global => global.GlobalType,
            _ => null,
        };
        switch (expected)
        {
            case null:
                verifier.Error(this, "expects parent op to be one of 'llvm.func', 'llvm.mlir.global'");
                break;

            case LlvmVoidType when Arg is not null:
                verifier.Error(this, "expected no operands");
                break;

            case LlvmVoidType:
                break;

            case not null when Arg is null:
                verifier.Error(this, "expected 1 operand");
                break;

            case not null when Arg.Type != expected:
                verifier.Error(this, $"mismatching result types: {Arg.Type} is returned where {expected} is expected");
                break;
        }
    }
}
