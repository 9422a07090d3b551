using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What an algorithm takes and gives, whoever implements it.</summary>
/// <param name="Name">The name, as <c>example.scale</c>.</param>
/// <param name="Version">The version; a call means the newest one unless it says otherwise.</param>
/// <param name="DelegateType">The delegate type that declares it; null where it was declared by a method or explicitly.</param>
/// <param name="Parameters">The parameters. A type stands for every type of the same abstract type.</param>
/// <param name="ResultType">The result's type, likewise.</param>
public sealed record AbstractAlgorithm(
    string Name,
    int Version,
    Type? DelegateType,
    ImmutableArray<TaskParameter> Parameters,
    Type ResultType
)
{
    /// <summary>The name, with the version if it is not 0.</summary>
    public override string ToString() => Version == 0 ? Name : $"{Name} (version {Version})";
}
