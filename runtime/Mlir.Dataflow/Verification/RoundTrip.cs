using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Checks translators by way of round trips: from a value to the translator, through it, and back to the value's type, where it must be equal.</summary>
/// <example><code>
/// RoundTrip.Check(resolver, Tensor.Create([1.0, 0, 0, 4], [2, 2])).ThrowIfFailed();
/// </code></example>
public static class RoundTrip
{
    /// <summary>Takes each value through every translator between the forms of its abstract type.</summary>
    /// <param name="resolver">Knows the translators.</param>
    /// <param name="values">The values.</param>
    public static RoundTripReport Check(Resolver resolver, params ReadOnlySpan<object> values) =>
        Check(resolver, null, values);

    /// <summary>Takes each value through every translator between the forms of its abstract type.</summary>
    /// <param name="resolver">Knows the translators.</param>
    /// <param name="tolerance">How far numbers may be apart; null for <see cref="Tolerance.Default"/>.</param>
    /// <param name="values">The values.</param>
    public static RoundTripReport Check(Resolver resolver, Tolerance? tolerance, params ReadOnlySpan<object> values)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        var trips = ImmutableArray.CreateBuilder<Trip>();
        foreach (var value in values)
        {
            var abstractType = resolver.AbstractTypeOf(value.GetType());
            var own = resolver.Translators.Where(t =>
                resolver.AbstractTypeOf(t.Source) == abstractType && resolver.AbstractTypeOf(t.Target) == abstractType
            );
            foreach (var translator in own)
            {
                trips.Add(new TripCheck(resolver, tolerance, translator).Run(value, value));
            }
        }

        return new RoundTripReport(trips.ToImmutable());
    }

    /// <summary>
    /// Takes a value through every translator from the forms of its abstract type to those of another one, on to the type of what is expected, and
    /// compares.
    /// </summary>
    /// <param name="resolver">Knows the translators.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">What must come out.</param>
    /// <param name="tolerance">How far numbers may be apart; null for <see cref="Tolerance.Default"/>.</param>
    /// <exception cref="VerificationException">Both values are forms of the same abstract type, or no translator leads from one to the other.</exception>
    public static RoundTripReport CheckOneWay(
        Resolver resolver,
        object value,
        object expected,
        Tolerance? tolerance = null
    )
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(expected);
        var (from, to) = (resolver.AbstractTypeOf(value.GetType()), resolver.AbstractTypeOf(expected.GetType()));
        if (from == to)
        {
            throw new VerificationException($"both values are forms of {from}: use {nameof(Check)}");
        }

        var across = resolver.Translators.Where(t =>
            resolver.AbstractTypeOf(t.Source) == from && resolver.AbstractTypeOf(t.Target) == to
        );
        var trips = across.Select(t => new TripCheck(resolver, tolerance, t).Run(value, expected)).ToImmutableArray();
        return trips.IsEmpty
            ? throw new VerificationException($"no translator leads from a form of {from} to one of {to}")
            : new RoundTripReport(trips);
    }
}
