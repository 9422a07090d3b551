using System.Collections.Immutable;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Worker.Execution;

/// <summary>A unit that this process can call.</summary>
/// <param name="functions">What can be called.</param>
internal abstract class LoadedUnit(ImmutableArray<UnitFunction> functions) : IDisposable
{
    /// <summary>What can be called.</summary>
    public ImmutableArray<UnitFunction> Functions { get; } = functions;

    /// <summary>Runs a function once.</summary>
    /// <param name="function">Which.</param>
    /// <param name="call">Its arguments, and where its results go.</param>
    /// <exception cref="KernelFailure">The function threw.</exception>
    public abstract void Run(int function, CallFrame call);

    /// <summary>Frees the code.</summary>
    public abstract void Dispose();
}
