using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>A parameter of an algorithm or a translator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record TaskParameter(string Name, Type Type)
{
    /// <summary>Whether a call may leave it out.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The value of a call that leaves it out.</summary>
    public object? Default { get; init; }

    /// <summary>The properties that an argument must have.</summary>
    public ImmutableArray<PropertyRequirement> Requirements { get; init; } = [];

    /// <summary>As C# writes it: <c>double by = 2</c>.</summary>
    public override string ToString() =>
        $"{TypeName.Of(Type)} {Name}{(HasDefault ? " = " + (Default is string s ? $"\"{s}\"" : PropertyRequirement.Text(Default)) : "")}";
}
