namespace Mlir.Backends.Gpu;

/// <summary>A device's driver does not take the code of a kernel.</summary>
/// <param name="device">The device.</param>
/// <param name="result">The driver's error.</param>
/// <param name="log">What the driver's compiler said.</param>
/// <param name="codePath">The file that the rejected code was written to; null where none could be written.</param>
/// <param name="operation">What the code computes, and where in the source it stands; empty when unknown.</param>
public sealed class KernelCompileException(string device, string result, string log, string? codePath, string operation)
    : GpuException(Describe(device, result, log, codePath, operation), device)
{
    /// <summary>What the driver's compiler said.</summary>
    public string Log => log;

    /// <summary>The file that the rejected code was written to; null where none could be written.</summary>
    public string? CodePath => codePath;

    /// <summary>What the code computes, and where in the source it stands; empty when unknown.</summary>
    public string Operation => operation;

    private static string Describe(string device, string result, string log, string? codePath, string operation) =>
        $"{device} does not take the code{(operation.Length > 0 ? $" of {operation}" : "")} ({result})"
        + (codePath is null ? "" : $"; the code is in {codePath}")
        + (log.Length > 0 ? $":\n{log}" : ".");
}
