using System.Collections.Immutable;

namespace Mlir.Dataflow;

public sealed partial class Resolver
{
    /// <summary>What a value is: its type, its abstract type, and its properties, which may take time to find out.</summary>
    public ValueDescription TypeOf(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var registry = _registry;
        var properties = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        if (registry.ConcreteTypeOf(value.GetType()) is { } form)
        {
            foreach (var name in form.Properties.Keys)
            {
                properties[name] = form.PropertyOf(value, name);
            }
        }

        return new ValueDescription(
            value.GetType(),
            registry.AbstractTypeOf(value.GetType()),
            properties.ToImmutable()
        );
    }

    /// <summary>The abstract type that a type is a form of, an implicit one if nobody declared it.</summary>
    public AbstractType AbstractTypeOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _registry.AbstractTypeOf(type);
    }

    /// <summary>What was declared of values of a type; null when nothing was.</summary>
    public ConcreteType? ConcreteTypeOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _registry.ConcreteTypeOf(type);
    }

    /// <summary>The types that values of a type can be translated to, the nearest first, itself included.</summary>
    public IReadOnlyList<Type> TranslatableTo(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _registry.RoutesFrom(type).Reachable;
    }

    /// <summary>Translates a value.</summary>
    /// <typeparam name="T">The type that is wanted.</typeparam>
    /// <exception cref="DispatchException">There is no way; the message says why.</exception>
    public T Translate<T>(object value) => (T)Translate(value, typeof(T));

    /// <summary>Translates a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that is wanted.</param>
    /// <exception cref="DispatchException">There is no way; the message says why.</exception>
    public object Translate(object value, Type type)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(type);
        return Translate(value, PlanTranslationOf(value, type).OrThrow().Steps)!;
    }

    /// <summary>
    /// Whether two values mean the same, up to rounding: as their form compares them, else number by number. A value of another form of the same abstract
    /// type is translated first. Items of tuples are compared one by one.
    /// </summary>
    public bool AreEqual(object? left, object? right, Tolerance? tolerance = null) =>
        new ValueComparison(this, tolerance ?? Tolerance.Default).AreEqual(left, right);
}
