using Mlir.Dialects.Builtin;

namespace Mlir.Dialects.Func;

/// <summary>A function as a value.</summary>
/// <example><code>%f = constant @f : (i32) -> i32</code></example>
[Op("func.constant", Format = "attr-dict $value `:` type($result)")]
public sealed partial class ConstantOp : Operation, IConstantLike, ISymbolUser
{
    /// <summary>The function's symbol.</summary>
    [Attr]
    public partial SymbolRefAttr Value { get; }

    /// <summary>The function.</summary>
    [Result<AnyFunction>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public IrAttribute ConstantValue => Value;

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "f";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        results[0] = Value;
        return true;
    }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        if (symbols.Lookup(Value) is not IFunctionLike { FunctionType: var type })
        {
            verifier.Error(this, $"reference to undefined function '{Value.Leaf}'");
        }
        else if (type != Result.Type)
        {
            verifier.Error(this, "reference to function with mismatched type");
        }
    }
}
