using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Calls a function, which is known by its symbol or by an object register.</summary>
internal sealed class CallInstruction(
    FunctionCode? callee,
    int calleeRegister,
    Register[] arguments,
    Register[] results,
    Operation op
) : Instruction
{
    public override int Execute(Frame frame)
    {
        var function = callee ?? (FunctionCode)frame.Objects[calleeRegister]!;
        if (function.Code.Length == 0)
        {
            throw new DiagnosticException(FunctionBuilder.NoBody.At(op.Location, function.Name));
        }

        var inner = frame.Context.Enter(function);
        for (var i = 0; i < arguments.Length; i++)
        {
            function.Parameters[i].Copy(inner, arguments[i], frame);
        }

        function.Code.Run(inner);
        for (var i = 0; i < results.Length; i++)
        {
            results[i].Copy(frame, function.Results[i], inner);
        }

        frame.Context.Leave(inner);
        return Next;
    }
}
