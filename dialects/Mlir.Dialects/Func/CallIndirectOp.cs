using Mlir.IR.Text;

namespace Mlir.Dialects.Func;

/// <summary>Calls a function given as a value.</summary>
/// <example><code>%r = call_indirect %f(%a) : (i32) -> i32</code></example>
[Op("func.call_indirect")]
public sealed partial class CallIndirectOp : Operation
{
    /// <summary>The function.</summary>
    [Operand<AnyFunction>]
    public partial Value Callee { get; }

    /// <summary>The arguments.</summary>
    [Operand<AnyType>]
    public partial OperandList CalleeOperands { get; }

    /// <summary>A dictionary of attributes for each argument.</summary>
    [Attr(Name = "arg_attrs")]
    public partial ArrayAttr? ArgAttrs { get; }

    /// <summary>A dictionary of attributes for each result.</summary>
    [Attr(Name = "res_attrs")]
    public partial ArrayAttr? ResAttrs { get; }

    /// <summary>The results of the function.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>Parses <c>%f(%a, %b) {attributes} : (types) -> types</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var callee = parser.ParseOperand();
        var arguments = parser.ParseOperandList("(", ")");
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseFunctionType();
        parser.Resolve(callee, type, state);
        parser.Resolve(arguments, [.. type.Inputs], state);
        state.ResultTypes.AddRange(type.Results);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Callee);
        printer.Write('(');
        printer.WriteOperands(CalleeOperands);
        printer.Write(')');
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Callee.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (
            Callee.Type is FunctionType type
            && !(
                type.Inputs.SequenceEqual(CalleeOperands.Types)
                && type.Results.SequenceEqual(Results.Select(r => r.Type))
            )
        )
        {
            verifier.Error(this, $"arguments and results do not match the callee's type '{type}'");
        }
    }
}
