using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>
/// Everything that was registered up to one moment. Never changes: adding plugins makes another one, so that whoever plans goes on undisturbed. Routes
/// and plans that were found are kept with it.
/// </summary>
internal sealed class Registry
{
    private readonly ConcurrentDictionary<Type, Routes> _routes = new();
    private readonly ConcurrentDictionary<(Type From, Type To), Route?> _pairs = new();
    private ImmutableSortedSet<string>? _plugins;
    private readonly ConcurrentDictionary<Type, AbstractType> _abstractTypes = new();

    public required ImmutableDictionary<string, TaskFunction> Functions { get; init; }

    public required ImmutableDictionary<
        string,
        ImmutableSortedDictionary<int, AbstractAlgorithm>
    > Algorithms { get; init; }

    public required ImmutableDictionary<Type, AbstractAlgorithm> AlgorithmsByDelegate { get; init; }

    /// <summary>In the order in which they are considered: by registration, then by id.</summary>
    public required ImmutableDictionary<
        AbstractAlgorithm,
        ImmutableArray<ConcreteAlgorithm>
    > Implementations { get; init; }

    /// <summary>Likewise.</summary>
    public required ImmutableArray<Translator> Translators { get; init; }

    public required ImmutableSortedDictionary<string, ICompiler> Compilers { get; init; }

    /// <summary>By their markers.</summary>
    public required ImmutableDictionary<Type, AbstractType> AbstractTypes { get; init; }

    /// <summary>By the types of their values.</summary>
    public required ImmutableDictionary<Type, ConcreteTypeDeclaration> ConcreteTypes { get; init; }

    /// <summary>The abstract type of every type that was declared as a form or that a translator takes or gives.</summary>
    public required ImmutableDictionary<Type, AbstractType> Forms { get; init; }

    /// <summary>The classes and objects that were read.</summary>
    public required ImmutableHashSet<object> Sources { get; init; }

    /// <summary>How many calls have added plugins.</summary>
    public required int Registrations { get; init; }

    /// <summary>The conversions that need not be registered; the same object for all registries of a resolver, so that ids stay known.</summary>
    public required ImplicitConversions Conversions { get; init; }

    public PlanCache Plans { get; } = new();

    /// <summary>The names of the plugins that provide functions.</summary>
    public ImmutableSortedSet<string> Plugins =>
        LazyInitializer.EnsureInitialized(
            ref _plugins,
            () => Functions.Values.Select(f => f.Plugin).ToImmutableSortedSet(StringComparer.Ordinal)
        );

    /// <summary>A registry without anything.</summary>
    public static Registry Create() =>
        new()
        {
            Functions = ImmutableDictionary.Create<string, TaskFunction>(StringComparer.Ordinal),
            Algorithms = ImmutableDictionary.Create<string, ImmutableSortedDictionary<int, AbstractAlgorithm>>(
                StringComparer.Ordinal
            ),
            AlgorithmsByDelegate = ImmutableDictionary<Type, AbstractAlgorithm>.Empty,
            Implementations = ImmutableDictionary<AbstractAlgorithm, ImmutableArray<ConcreteAlgorithm>>.Empty,
            Translators = [],
            Compilers = ImmutableSortedDictionary.Create<string, ICompiler>(StringComparer.Ordinal),
            AbstractTypes = ImmutableDictionary<Type, AbstractType>.Empty,
            ConcreteTypes = ImmutableDictionary<Type, ConcreteTypeDeclaration>.Empty,
            Forms = ImmutableDictionary<Type, AbstractType>.Empty,
            Sources = ImmutableHashSet.Create<object>(ReferenceEqualityComparer.Instance),
            Registrations = 0,
            Conversions = new ImplicitConversions(),
        };

    /// <summary>The abstract type that a type is a form of: the declared one, else that of a base type or an interface, else one of its own.</summary>
    public AbstractType AbstractTypeOf(Type type) => _abstractTypes.GetOrAdd(type, static (t, r) => r.Find(t), this);

    /// <summary>What is known of values of a type; null when nobody declared it.</summary>
    public ConcreteType? ConcreteTypeOf(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (ConcreteTypes.TryGetValue(t, out var declaration))
            {
                return declaration.ConcreteType;
            }
        }

        return null;
    }

    /// <summary>The cheapest translations from a type to all others.</summary>
    public Routes RoutesFrom(Type type) => _routes.GetOrAdd(type, static (t, r) => new Routes(t, r.Translators), this);

    /// <summary>The cheapest translations from a type to another one; one of C#'s own conversions may be the last step. Null when there are none.</summary>
    public Route? FindRoute(Type from, Type to) =>
        _pairs.GetOrAdd((from, to), static (pair, r) => r.SearchRoute(pair.From, pair.To), this);

    private Route? SearchRoute(Type from, Type to)
    {
        var routes = RoutesFrom(from);
        if (routes.To(to) is { } route)
        {
            return route;
        }

        foreach (var type in routes.Reachable)
        {
            if (Conversions.Find(type, to, this) is { } step)
            {
                return Route.Of(routes.To(type)!.Steps.Add(step));
            }
        }

        return null;
    }

    private AbstractType Find(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (Forms.TryGetValue(t, out var form) || AbstractTypes.TryGetValue(t, out form))
            {
                return form;
            }
        }

        foreach (var i in type.GetInterfaces().OrderBy(TypeName.Of, StringComparer.Ordinal))
        {
            if (Forms.TryGetValue(i, out var form) || AbstractTypes.TryGetValue(i, out form))
            {
                return form;
            }
        }

        return new AbstractType(
            TypeName.Of(type),
            null,
            ImmutableSortedDictionary<string, ImmutableArray<object>>.Empty
        );
    }
}
