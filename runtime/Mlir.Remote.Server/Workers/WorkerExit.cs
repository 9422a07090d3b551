namespace Mlir.Remote.Server.Workers;

/// <summary>How a worker process ended.</summary>
/// <param name="Signal">The signal that ended it; 0 if none did.</param>
/// <param name="Code">Its exit code.</param>
/// <param name="Said">The beginning of what it wrote to its standard error.</param>
internal sealed record WorkerExit(int Signal, int Code, string Said)
{
    /// <summary>Whether the function's calls nested too deeply for the stack.</summary>
    public bool IsStackOverflow => Said.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase);
}
