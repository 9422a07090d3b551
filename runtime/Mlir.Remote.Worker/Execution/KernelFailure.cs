using Mlir.Runtime;

namespace Mlir.Remote.Worker.Execution;

/// <summary>A function threw.</summary>
/// <param name="error">What, and where.</param>
internal sealed class KernelFailure(KernelError error) : Exception(error.Message)
{
    /// <summary>What, and where.</summary>
    public KernelError Error { get; } = error;
}
