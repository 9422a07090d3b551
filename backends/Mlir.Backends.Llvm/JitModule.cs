using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Backends.Llvm;

/// <summary>A module whose functions are machine code in this process.</summary>
internal sealed unsafe class JitModule(
    ImmutableArray<FunctionInterface> functions,
    ImmutableArray<KernelError> errors,
    NativeCode code
) : CompiledModule(functions, errors)
{
    /// <summary>What a function's name ends with to name its packed entry.</summary>
    public const string PackedSuffix = "__packed";

    private readonly Dictionary<string, NativeFunction> natives = [];
    private bool disposed;

    public override object[] Invoke(string function, params ReadOnlySpan<object> arguments) =>
        Bind(GetFunction(function)).Kernel.Invoke(arguments);

    public override NativeFunction? FindNative(string function) =>
        Functions.FirstOrDefault(candidate => candidate.Name == function) is { } found ? Bind(found) : null;

    /// <summary>Code that kernels may still call stays until the last of them is collected.</summary>
    protected override void Dispose(bool disposing)
    {
        lock (natives)
        {
            disposed = true;
            if (disposing && natives.Count == 0)
            {
                code.Dispose();
            }
        }
    }

    private NativeFunction Bind(FunctionInterface function)
    {
        lock (natives)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (natives.TryGetValue(function.Name, out var known))
            {
                return known;
            }

            var packed = code.Find(function.Name + PackedSuffix);
            if (packed == 0)
            {
                throw new InvalidOperationException(
                    $"The lowering made no entry point '{function.Name}{PackedSuffix}'."
                );
            }

            // The kernel keeps the module alive, and the module its code.
            var kernel = new Kernel(
                function.Name,
                function.Signature,
                Errors,
                (delegate* unmanaged<void*, void*, void>)packed,
                this
            );
            return natives[function.Name] = new NativeFunction(kernel, code.Find(function.Name), packed);
        }
    }
}
