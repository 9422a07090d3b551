using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>
/// A module that can be called. It lives as long as somebody holds it or one of its functions.
/// </summary>
/// <param name="functions">The functions that can be called.</param>
/// <param name="errors">The ways in which they can fail.</param>
public abstract class CompiledModule(ImmutableArray<FunctionInterface> functions, ImmutableArray<KernelError> errors)
    : IDisposable
{
    /// <summary>The functions that can be called.</summary>
    public ImmutableArray<FunctionInterface> Functions { get; } = functions;

    /// <summary>The ways in which the functions can fail, in the order of their status codes.</summary>
    public ImmutableArray<KernelError> Errors { get; } = errors;

    /// <summary>Whether calls can succeed: no longer once the device that the module lies on was lost.</summary>
    public virtual bool IsUsable => true;

    /// <summary>Calls a function with arguments whose types are known at run time only.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">A boxed scalar of exactly the parameter's type, or a <see cref="HostBuffer"/>, each.</param>
    /// <returns>The results, likewise.</returns>
    /// <exception cref="ArgumentException">There is no such function, or the arguments do not fit it.</exception>
    public abstract object[] Invoke(string function, params ReadOnlySpan<object> arguments);

    /// <summary>The machine code of a function, for callers that bind a delegate to it; null where there is none.</summary>
    /// <param name="function">The function's name.</param>
    public virtual NativeFunction? FindNative(string function) => null;

    /// <summary>Set on modules in a cache, which others may have got too: they live until nobody holds them.</summary>
    internal bool IsShared { get; set; }

    /// <summary>
    /// Frees the code now, unless somebody else may be using it: a module that came from a compiler's cache, or of which a
    /// <see cref="NativeFunction"/> was taken, is freed when the last user is collected.
    /// </summary>
    public void Dispose()
    {
        if (!IsShared)
        {
            Dispose(disposing: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the module holds.</summary>
    /// <param name="disposing">False in a finaliser, where other objects may be gone.</param>
    protected virtual void Dispose(bool disposing) { }

    /// <summary>The function of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    protected FunctionInterface GetFunction(string function) =>
        Functions.FirstOrDefault(candidate => candidate.Name == function)
        ?? throw new ArgumentException(
            $"The module has no public function '{function}'; it has {string.Join(", ", Functions.Select(static f => $"'{f.Name}'"))}.",
            nameof(function)
        );
}
