using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Cli.Run;

/// <summary>What a command line asks for, wherever it runs.</summary>
/// <param name="Module">The module, verified.</param>
/// <param name="Function">Its function.</param>
/// <param name="Arguments">The arguments' texts.</param>
/// <param name="Outputs">The files for the first results.</param>
/// <param name="Repeat">How often to run.</param>
internal sealed record FunctionCall(
    ModuleOp Module,
    FuncOp Function,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Outputs,
    int Repeat
)
{
    /// <summary>Reads the arguments, and checks that the results have a place.</summary>
    /// <param name="signature">The function's signature.</param>
    /// <param name="onServer">Whether a server runs the function, which has files of its own.</param>
    /// <exception cref="UsageException">Something does not fit the function.</exception>
    public object[] ReadArguments(KernelSignature signature, bool onServer)
    {
        if (Outputs.Count > signature.Results.Length)
        {
            throw new UsageException(
                $"-o was given {Outputs.Count} times; the function has {signature.Results.Length} results"
            );
        }

        if (Arguments.Count != signature.Parameters.Length)
        {
            throw new UsageException(
                $"'{Function.SymName}' takes {signature.Parameters.Length} arguments, {signature}; --arg was given {Arguments.Count} times"
            );
        }

        var values = new object[Arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new KernelArgument(i, signature.Parameters[i], onServer).Read(Arguments[i]);
            if (values[i] is HostBuffer array && !Fits(array.Shape.AsSpan(), i))
            {
                throw new UsageException(
                    $"argument #{i} must be {Function.FunctionType.Inputs[i]}: '{Arguments[i]}' holds {array}"
                );
            }
        }

        return values;
    }

    /// <summary>Whether an array has the rank and the sizes that the function's type fixes.</summary>
    public bool Fits(ReadOnlySpan<long> shape, int argument)
    {
        var sizes = ((ShapedType)Function.FunctionType.Inputs[argument]).Shape;
        if (shape.Length != sizes.Count)
        {
            return false;
        }

        for (var d = 0; d < shape.Length; d++)
        {
            if (sizes[d] >= 0 && sizes[d] != shape[d])
            {
                return false;
            }
        }

        return true;
    }
}
