using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Runs every implementation of an algorithm on the same arguments, for the tests of plugin authors.</summary>
/// <param name="resolver">Knows the implementations.</param>
/// <remarks>What can be compiled is run twice: as it is and, where there is such a compiler, compiled.</remarks>
/// <example><code>
/// new MultiVerify(resolver).Compute("example.scale", x, 2.0).AssertEqual(expected);
/// </code></example>
public sealed class MultiVerify(Resolver resolver)
{
    /// <summary>Runs every implementation.</summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last.</param>
    /// <exception cref="VerificationException">There is no implementation, or one that these arguments cannot be translated for.</exception>
    /// <exception cref="DispatchException">There is no such algorithm, or the arguments do not fit its parameters.</exception>
    public MultiResult Compute(string name, params object?[] arguments)
    {
        var algorithm = resolver.GetAlgorithm(name);
        var given = Resolver.Unpack(arguments);
        if (given.Select(a => a is Named n ? n.Value : a).OfType<MultiResult>().Any())
        {
            throw new VerificationException(
                $"the results of several implementations cannot be arguments here: use {nameof(Transform)}"
            );
        }

        var bound = CallArguments.Bind(algorithm, given);
        var plan = resolver.PlanValues(algorithm, bound, null, null);
        if (plan.Candidates.IsEmpty)
        {
            throw new VerificationException($"nobody implements {algorithm.Signature}");
        }

        if (!plan.Obstacles.IsEmpty || plan.Candidates.Any(c => !c.IsPossible))
        {
            throw new VerificationException($"not every implementation can be called: {plan}");
        }

        var results = ImmutableArray.CreateBuilder<ImplementationResult>();
        foreach (var candidate in plan.Candidates)
        {
            results.Add(Run(candidate, bound, candidate.Algorithm.Id, (f, a) => f.Invoke(a)));
            if (candidate.Algorithm.Compiler is { } compiler && resolver.Compilers.ContainsKey(compiler))
            {
                results.Add(Run(candidate, bound, $"{candidate.Algorithm.Id} on {compiler}", Compiled));
            }
        }

        return new MultiResult(resolver, algorithm.Name, results.ToImmutable());
    }

    /// <summary>
    /// Passes the results of several implementations on to one plugin's implementation of another algorithm: once for every combination of results among the
    /// arguments.
    /// </summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="arguments">The arguments, at least one of them a <see cref="MultiResult"/>.</param>
    /// <exception cref="VerificationException">None of the arguments is one.</exception>
    /// <exception cref="DispatchException">There is no such algorithm or plugin, or the arguments do not fit.</exception>
    public MultiResult Transform(string name, string plugin, params object?[] arguments)
    {
        var only = resolver.Only(plugin);
        var bound = CallArguments.Bind(resolver.GetAlgorithm(name), Resolver.Unpack(arguments));
        if (!bound.OfType<MultiResult>().Any())
        {
            throw new VerificationException(
                $"none of the arguments of {name} holds the results of several implementations: use {nameof(Compute)}"
            );
        }

        var combinations = new List<(string Names, object?[] Arguments)> { ("", bound) };
        for (var i = 0; i < bound.Length; i++)
        {
            if (bound[i] is MultiResult results)
            {
                combinations =
                [
                    .. combinations.SelectMany(c =>
                        results.Results.Select(r =>
                            (c.Names.Length == 0 ? r.Name : $"{c.Names}, {r.Name}", With(c.Arguments, i, r.Value))
                        )
                    ),
                ];
            }
        }

        return new MultiResult(
            resolver,
            $"{name} of {plugin}",
            [.. combinations.Select(c => new ImplementationResult(c.Names, only.Run(name, c.Arguments)))]
        );
    }

    // What a call would do in silence, running as it is what cannot be compiled, is what an author wants to hear of.
    private object? Compiled(TaskFunction function, object?[] arguments) =>
        resolver.Compilation.Invoke(
            function,
            arguments,
            diagnostic => throw new VerificationException(diagnostic.Message, diagnostic.Cause)
        );

    private static object?[] With(object?[] arguments, int index, object? value)
    {
        object?[] copy = [.. arguments];
        copy[index] = value;
        return copy;
    }

    private ImplementationResult Run(
        Candidate candidate,
        object?[] bound,
        string name,
        Func<TaskFunction, object?[], object?> invoke
    )
    {
        try
        {
            return new ImplementationResult(name, resolver.RunChosen(candidate, bound, invoke));
        }
        catch (Exception exception)
        {
            throw new VerificationException($"{name} failed: {exception.Message}", exception);
        }
    }
}
