using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Backends.Interpreter;

/// <summary>A module that the interpreter runs. Several threads may call it at once.</summary>
public sealed class InterpretedModule : CompiledModule
{
    private readonly InterpretedProgram _program;
    private readonly InterpreterOptions _options;

    private InterpretedModule(
        ModuleOp module,
        ImmutableArray<FunctionInterface> functions,
        ImmutableArray<KernelError> errors,
        InterpreterOptions options
    )
        : base(functions, errors)
    {
        _program = new InterpretedProgram(module);
        _options = options;
    }

    /// <summary>Prepares a module of any level, from tensors down to branches between blocks, as it is.</summary>
    /// <param name="module">A valid module. It must not change while this object is used.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="DiagnosticException">The interpreter cannot run an operation of the module.</exception>
    public static InterpretedModule Prepare(ModuleOp module, InterpreterOptions? options = null) =>
        new(module, ModuleInterface.Of(module), [], options ?? InterpreterOptions.Default);

    /// <summary>Prepares what a backend's pipeline made of a module.</summary>
    /// <exception cref="DiagnosticException">The interpreter cannot run an operation of the module.</exception>
    internal static InterpretedModule Prepare(LoweredModule module, InterpreterOptions options) =>
        new(module.Module, module.Functions, module.Errors, options);

    /// <summary>
    /// Calls a function. A failed assertion of the program throws the exception that it names; so do wrong arguments.
    /// </summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">
    /// A boxed scalar, or a <see cref="HostBuffer"/>, each. Integers may be signed or unsigned, as long as the width is right.
    /// Buffers are used in place: functions that write to memory parameters write there.
    /// </param>
    /// <returns>The results, likewise; a buffer's array is new and the caller's own.</returns>
    /// <exception cref="ArgumentException">There is no such function, or the arguments do not fit it.</exception>
    /// <exception cref="UndefinedBehaviorException">The program did something that has no defined result.</exception>
    /// <exception cref="InterpreterLimitException">The run took too many steps.</exception>
    /// <exception cref="InsufficientExecutionStackException">Calls nest too deeply.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public override object[] Invoke(string function, params ReadOnlySpan<object> arguments)
    {
        var signature = GetFunction(function).Signature;
        var code = _program.Find(function)!;
        if (arguments.Length != signature.Parameters.Length)
        {
            throw new ArgumentException(
                $"'{function}' takes {signature.Parameters.Length} arguments {signature}, not {arguments.Length}.",
                nameof(arguments)
            );
        }

        var context = new ExecutionContext(_options);
        var frame = context.Enter(code);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!Arguments.TrySet(frame, code.Parameters[i], signature.Parameters[i], arguments[i]))
            {
                throw new ArgumentException(
                    $"Argument #{i} of '{function}' must be {signature.Parameters[i]} for {code.Parameters[i].Type}, not {Arguments.Describe(arguments[i])}.",
                    nameof(arguments)
                );
            }
        }

        code.Code.Run(frame);
        var results = new object[signature.Results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Arguments.Get(frame, code.Results[i], signature.Results[i]);
        }

        return results;
    }
}
