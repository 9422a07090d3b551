using System.Collections.Immutable;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>What an algorithm takes and gives, whoever implements it.</summary>
public sealed class AbstractAlgorithm
{
    internal AbstractAlgorithm(
        string name,
        int version,
        Type? delegateType,
        ImmutableArray<TaskParameter> parameters,
        Type resultType
    )
    {
        Name = name;
        Version = version;
        DelegateType = delegateType;
        Parameters = parameters;
        ResultType = resultType;
    }

    /// <summary>The name, as <c>example.scale</c>.</summary>
    public string Name { get; }

    /// <summary>The version; a call means the newest one unless it says otherwise.</summary>
    public int Version { get; }

    /// <summary>The delegate type that declares it; null where it was declared by a method or explicitly.</summary>
    public Type? DelegateType { get; }

    /// <summary>The parameters. A type stands for every type of the same abstract type.</summary>
    public ImmutableArray<TaskParameter> Parameters { get; }

    /// <summary>The result's type, likewise.</summary>
    public Type ResultType { get; }

    /// <summary>The properties that every implementation's result has.</summary>
    public ImmutableArray<PropertyRequirement> ResultRequirements { get; internal init; } = [];

    /// <summary>Where it is declared, as far as is known.</summary>
    public CallSite Site { get; internal init; } = CallSite.Unknown;

    // The full name of what declares it, for errors.
    internal string Source { get; init; } = "";

    // As C# declares it, for errors and plans.
    internal string Signature => $"{this}({string.Join(", ", Parameters)}) → {TypeName.Of(ResultType)}";

    /// <summary>The name, with the version if it is not 0.</summary>
    public override string ToString() => Version == 0 ? Name : $"{Name} (version {Version})";
}
