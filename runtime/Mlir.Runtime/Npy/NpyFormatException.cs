namespace Mlir.Runtime.Npy;

/// <summary>A <c>.npy</c> file that is damaged, cut short, or holds something that kernels do not handle.</summary>
/// <param name="reason">What is wrong.</param>
/// <param name="offset">Where in the file.</param>
/// <param name="source">The file's name, if it has one.</param>
public sealed class NpyFormatException(string reason, long offset, string? source = null)
    : FormatException($"{source ?? ".npy"} at byte {offset}: {reason}")
{
    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; } = reason;

    /// <summary>Where in the file, in bytes from its start.</summary>
    public long Offset { get; } = offset;
}
