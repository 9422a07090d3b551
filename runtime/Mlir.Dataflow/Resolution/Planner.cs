using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Chooses implementations for calls.</summary>
internal sealed class Planner(Registry registry)
{
    /// <summary>The plan for arguments of these types; <c>void</c> stands for null.</summary>
    public CallPlan Plan(
        AbstractAlgorithm algorithm,
        ReadOnlySpan<Type> argumentTypes,
        Type? resultType,
        string? plugin
    )
    {
        var types = argumentTypes.ToImmutableArray();
        var candidates = ImmutableArray.CreateBuilder<Candidate>();
        foreach (var implementation in registry.Implementations.GetValueOrDefault(algorithm, []))
        {
            candidates.Add(Consider(implementation, types, resultType, plugin));
        }

        return new CallPlan(algorithm, types, resultType, plugin, candidates.ToImmutable(), []);
    }

    private Candidate Consider(
        ConcreteAlgorithm implementation,
        ImmutableArray<Type> types,
        Type? resultType,
        string? plugin
    )
    {
        var obstacles = ImmutableArray.CreateBuilder<string>();
        if (plugin is not null && implementation.Plugin != plugin)
        {
            obstacles.Add($"is of the plugin {implementation.Plugin}");
        }

        var translations = ImmutableArray.CreateBuilder<ImmutableArray<Translator>>(types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            var parameter = implementation.Parameters[i];
            translations.Add(Steps(FindRoute(types[i], parameter.Type), types[i], parameter.Type, parameter.Name));
        }

        var result = resultType is null
            ? []
            : Steps(
                FindRoute(implementation.ResultType, resultType),
                implementation.ResultType,
                resultType,
                "the result"
            );
        return new Candidate(implementation, translations.ToImmutable(), result, obstacles.ToImmutable(), 0);

        ImmutableArray<Translator> Steps(Route? route, Type from, Type to, string what)
        {
            if (route is null)
            {
                obstacles.Add(
                    from == typeof(void)
                        ? $"{what} cannot be null: it is {TypeName.Of(to)}"
                        : $"{what}: no translation from {TypeName.Of(from)} to {TypeName.Of(to)}"
                );
            }

            return route?.Steps ?? [];
        }
    }

    /// <summary>The translations from a type to another one; null when there are none.</summary>
    public Route? FindRoute(Type from, Type to)
    {
        if (from == typeof(void))
        {
            return to.IsValueType && Nullable.GetUnderlyingType(to) is null ? null : Route.None;
        }

        // A marker stands for every form of its abstract type.
        return
            to.IsAssignableFrom(from)
            || registry.AbstractTypes.TryGetValue(to, out var type) && registry.AbstractTypeOf(from) == type
            ? Route.None
            : registry.RoutesFrom(from).To(to);
    }
}
