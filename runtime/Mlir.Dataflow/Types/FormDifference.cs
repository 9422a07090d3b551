using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What values of one form can be that values of another form cannot.</summary>
internal sealed class FormDifference
{
    private readonly ConcreteType _from;
    private readonly ConcreteType _to;
    private readonly ImmutableArray<string> _properties;

    private FormDifference(ConcreteType from, ConcreteType to)
    {
        _from = from;
        _to = to;
        _properties =
        [
            .. from
                .Properties.Where(p =>
                    to.Properties.TryGetValue(p.Key, out var allowed) && !p.Value.All(v => allowed.Contains(v))
                )
                .Select(p => p.Key),
        ];
    }

    /// <summary>Whether every value of the one form has a counterpart in the other.</summary>
    public bool IsEmpty => _properties.IsEmpty;

    /// <summary>Compares two forms.</summary>
    public static FormDifference Between(ConcreteType from, ConcreteType to) => new(from, to);

    /// <summary>Why a value has no counterpart, or no value has one where it is null; null when it has one.</summary>
    public string? WhyNotTranslatable(object? value)
    {
        foreach (var property in _properties)
        {
            var allowed = _to.Properties[property];
            var actual = value is null ? _from.Properties[property] : [_from.PropertyOf(value, property)];
            if (!actual.Any(a => allowed.Contains(a)))
            {
                return $"a {TypeName.Of(_to.ValueType)} can only have {property} = {PropertyRequirement.Text(allowed)}, but it is {PropertyRequirement.Text(actual)}";
            }
        }

        return null;
    }
}
