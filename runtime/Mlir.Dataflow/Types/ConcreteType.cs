using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>A form of an abstract type: the type of its values, and what can be said of them. Derive from <see cref="ConcreteType{T}"/>.</summary>
public abstract class ConcreteType
{
    private ImmutableSortedDictionary<string, ImmutableArray<object>> _properties = ImmutableSortedDictionary<
        string,
        ImmutableArray<object>
    >.Empty;

    private protected ConcreteType(Type valueType) => ValueType = valueType;

    /// <summary>The type of the values.</summary>
    public Type ValueType { get; }

    /// <summary>
    /// The properties of values of this form with the values that each can have: those of the abstract type, as far as this form can have them, and
    /// those of this form alone.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<object>> Properties => _properties;

    // Set once, when the form is registered and its abstract type is known.
    internal void SetProperties(ImmutableSortedDictionary<string, ImmutableArray<object>> properties) =>
        _properties = properties;

    /// <summary>A property of a value.</summary>
    /// <exception cref="DispatchException">There is no such property, or the form does not say how to find it out, or it has no such value.</exception>
    internal object PropertyOf(object value, string property)
    {
        if (!_properties.TryGetValue(property, out var allowed))
        {
            throw new DispatchException($"{TypeName.Of(ValueType)} has no property '{property}'{Known()}");
        }

        if (allowed.Length == 1)
        {
            return allowed[0];
        }

        var computed =
            Ask(value, property)
            ?? throw new DispatchException(
                $"{TypeName.Of(GetType())} does not say what '{property}' is of a {TypeName.Of(ValueType)}: override ComputeProperty"
            );
        return allowed.Contains(computed)
            ? computed
            : throw new DispatchException(
                $"{TypeName.Of(GetType())} says that '{property}' is {PropertyRequirement.Text(computed)}, but a {TypeName.Of(ValueType)} can only have {PropertyRequirement.Text(allowed)}"
            );
    }

    private object? Ask(object value, string property)
    {
        try
        {
            return Compute(value, property);
        }
        catch (Exception exception)
        {
            throw new DispatchException(
                $"{TypeName.Of(GetType())} cannot say what '{property}' is of a {TypeName.Of(ValueType)}: {exception.Message}",
                exception
            );
        }
    }

    private string Known() => _properties.Count == 0 ? "" : $"; it has {string.Join(", ", _properties.Keys)}";

    private protected abstract object? Compute(object value, string property);

    internal abstract bool AreEqual(object left, object right, Tolerance tolerance);
}
