using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Worker.Compilation;

/// <summary>A module that could not be compiled.</summary>
/// <param name="failure">Why.</param>
internal sealed class CompilationFailure(Failure failure) : Exception(failure.Message)
{
    /// <summary>Why.</summary>
    public Failure Failure { get; } = failure;
}
