using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>What every implementation of an algorithm gave for the same arguments.</summary>
public sealed class MultiResult
{
    private readonly Resolver _resolver;

    internal MultiResult(Resolver resolver, string algorithm, ImmutableArray<ImplementationResult> results)
    {
        _resolver = resolver;
        Algorithm = algorithm;
        Results = results;
        foreach (var result in results)
        {
            if (Length(result.Value) != Length(results[0].Value))
            {
                throw new VerificationException(
                    $"{results[0].Name} gives {Describe(results[0].Value)}, but {result.Name} gives {Describe(result.Value)}"
                );
            }
        }
    }

    /// <summary>The algorithm's name.</summary>
    public string Algorithm { get; }

    /// <summary>The results.</summary>
    public ImmutableArray<ImplementationResult> Results { get; }

    /// <summary>One item of every result, where results are tuples.</summary>
    /// <param name="index">The item's position, from 0.</param>
    /// <exception cref="VerificationException">The results are no tuples, or shorter ones.</exception>
    public MultiResult this[int index] =>
        Select(
            $"{Algorithm}[{index}]",
            r =>
                r.Value is ITuple tuple && index >= 0 && index < tuple.Length
                    ? tuple[index]
                    : throw new VerificationException($"{r.Name} gives {Describe(r.Value)}, which has no item {index}")
        );

    /// <summary>The results, each translated to one type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="VerificationException">A result cannot be translated.</exception>
    public MultiResult As<T>() => As(typeof(T));

    /// <summary>The results, each translated to one type.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="VerificationException">A result cannot be translated.</exception>
    public MultiResult As(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Select(Algorithm, r => Translate(r, type));
    }

    /// <summary>Checks that every implementation gave what is expected, up to rounding; results of other forms are translated first.</summary>
    /// <param name="expected">What is expected.</param>
    /// <param name="tolerance">How far numbers may be apart; null for <see cref="Tolerance.Default"/>.</param>
    /// <returns>This, to check more.</returns>
    /// <exception cref="VerificationException">Some did not; the message lists all results.</exception>
    public MultiResult AssertEqual(object? expected, Tolerance? tolerance = null)
    {
        var wrong = Results.Where(r => !Equal(expected, r, tolerance)).ToArray();
        if (wrong.Length == 0)
        {
            return this;
        }

        var text = new StringBuilder();
        text.Append($"{wrong.Length} of {Results.Length} implementations of {Algorithm} did not give what is expected");
        text.Append("\n  expected: ").Append(Describe(expected));
        foreach (var result in Results)
        {
            text.Append("\n  ").Append(wrong.Contains(result) ? "wrong" : "right");
            text.Append("  ").Append(result.Name).Append(": ").Append(Describe(result.Value));
        }

        throw new VerificationException(text.ToString());
    }

    /// <summary>Checks that all implementations gave the same, up to rounding: what the first one gave.</summary>
    /// <param name="tolerance">How far numbers may be apart; null for <see cref="Tolerance.Default"/>.</param>
    /// <returns>This, to check more.</returns>
    /// <exception cref="VerificationException">Some did not; the message lists all results.</exception>
    public MultiResult AssertAgree(Tolerance? tolerance = null) => AssertEqual(Results[0].Value, tolerance);

    /// <summary>Has every result checked by the caller.</summary>
    /// <typeparam name="T">The type that the results are translated to.</typeparam>
    /// <param name="check">Throws if a result is wrong.</param>
    /// <returns>This, to check more.</returns>
    /// <exception cref="VerificationException">A result is wrong; the message names the implementation.</exception>
    public MultiResult AssertEach<T>(Action<T> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (var result in As<T>().Results)
        {
            try
            {
                check((T)result.Value!);
            }
            catch (Exception exception)
            {
                throw new VerificationException(
                    $"{result.Name} gives {Describe(result.Value)}: {exception.Message}",
                    exception
                );
            }
        }

        return this;
    }

    /// <summary>The results, one a line.</summary>
    public override string ToString() =>
        $"{Algorithm}{string.Concat(Results.Select(r => $"\n  {r.Name}: {Describe(r.Value)}"))}";

    private static int Length(object? value) => value is ITuple tuple ? tuple.Length : -1;

    private static string Describe(object? value) =>
        value is null ? "null" : $"{TypeName.Of(value.GetType())} {ValueText.Of(value)}";

    private MultiResult Select(string name, Func<ImplementationResult, object?> select) =>
        new(_resolver, name, [.. Results.Select(r => r with { Value = select(r) })]);

    private object? Translate(ImplementationResult result, Type type)
    {
        if (result.Value is not { } value)
        {
            return null;
        }

        var plan = _resolver.PlanTranslation(value.GetType(), type);
        return plan.IsPossible
            ? _resolver.Translate(value, plan.Steps)
            : throw new VerificationException($"what {result.Name} gives cannot be compared: {plan}");
    }

    private bool Equal(object? expected, ImplementationResult result, Tolerance? tolerance) =>
        expected is null or ITuple
            ? _resolver.AreEqual(expected, result.Value, tolerance)
            : _resolver.AreEqual(expected, Translate(result, expected.GetType()), tolerance);
}
