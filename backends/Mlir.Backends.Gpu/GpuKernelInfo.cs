using System.Collections.Immutable;

namespace Mlir.Backends.Gpu;

/// <summary>What is known about a kernel before it is loaded.</summary>
/// <param name="Name">Its name in the code.</param>
/// <param name="Parameters">What it takes, in order.</param>
/// <param name="Operation">What it computes, for error messages; empty when unknown.</param>
/// <param name="Location">Where in the source that stands, for example <c>Program.cs(18)</c>; empty when unknown.</param>
public sealed record GpuKernelInfo(
    string Name,
    ImmutableArray<GpuParameter> Parameters,
    string Operation = "",
    string Location = ""
)
{
    /// <summary>What it computes and where that stands, as error messages have it.</summary>
    internal string Source =>
        Operation.Length == 0 ? Location
        : Location.Length == 0 ? Operation
        : $"{Operation} at {Location}";
}
