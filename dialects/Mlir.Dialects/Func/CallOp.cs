using Mlir.Dialects.Builtin;

namespace Mlir.Dialects.Func;

/// <summary>Calls a function of the same module.</summary>
/// <example><code>%r = call @f(%a, %b) : (i32, f64) -> i32</code></example>
[Op("func.call", Format = "$callee `(` $operands `)` attr-dict `:` functional-type($operands, $results)")]
public sealed partial class CallOp : Operation, ICallLike, ISymbolUser
{
    /// <summary>The function.</summary>
    [Attr]
    public partial SymbolRefAttr Callee { get; }

    /// <summary>A dictionary of attributes for each argument.</summary>
    [Attr(Name = "arg_attrs")]
    public partial ArrayAttr? ArgAttrs { get; }

    /// <summary>A dictionary of attributes for each result.</summary>
    [Attr(Name = "res_attrs")]
    public partial ArrayAttr? ResAttrs { get; }

    /// <summary>Whether the call must stay a call.</summary>
    [Attr(Name = "no_inline")]
    public partial bool NoInline { get; }

    /// <summary>The arguments.</summary>
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    /// <summary>The results of the function.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>Calls <paramref name="callee"/>.</summary>
    public CallOp(Location location, FuncOp callee, params ReadOnlySpan<Value> arguments)
        : this(location, arguments, SymbolRefAttr.Get(callee.SymName), callee.FunctionType.Results.Span) { }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        if (symbols.Lookup(Callee) is not IFunctionLike { FunctionType: var type })
        {
            verifier.Error(this, $"'{Callee.Leaf}' does not reference a valid function");
            return;
        }

        if (type.Inputs.Count != Operands.Count)
        {
            verifier.Error(this, "incorrect number of operands for callee");
            return;
        }

        for (var i = 0; i < Operands.Count; i++)
        {
            if (Operands[i].Type != type.Inputs[i])
            {
                verifier.Error(
                    this,
                    $"operand type mismatch: expected operand type '{type.Inputs[i]}', but provided '{Operands[i].Type}' for operand number {i}"
                );
            }
        }

        if (type.Results.Count != Results.Count)
        {
            verifier.Error(this, "incorrect number of results for callee");
            return;
        }

        for (var i = 0; i < Results.Count; i++)
        {
            if (Results[i].Type != type.Results[i])
            {
                verifier.Error(
                    this,
                    $"result type mismatch: expected result type '{type.Results[i]}', but provided '{Results[i].Type}' for result number {i}"
                );
            }
        }
    }
}
