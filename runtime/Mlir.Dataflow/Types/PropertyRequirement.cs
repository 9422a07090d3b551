using System.Collections.Immutable;
using System.Globalization;

namespace Mlir.Dataflow;

/// <summary>A property that a value must have: one of the values that are named.</summary>
public sealed class PropertyRequirement
{
    internal PropertyRequirement(string property, ImmutableArray<object> values)
    {
        Property = property;
        Values = values;
    }

    /// <summary>The property's name.</summary>
    public string Property { get; }

    /// <summary>The values that it may have.</summary>
    public ImmutableArray<object> Values { get; }

    /// <summary>Whether a property of this value is as required.</summary>
    public bool IsMetBy(object? value) => value is not null && Values.Contains(value);

    /// <summary>As <c>is_directed = true</c>, <c>dtype = int or float</c>.</summary>
    public override string ToString() => $"{Property} = {Text(Values)}";

    internal static string Text(IEnumerable<object> values) => string.Join(" or ", values.Select(Text));

    internal static string Text(object? value) =>
        value switch
        {
            null => "null",
            bool b => b ? "true" : "false",
            Type t => TypeName.Of(t),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
