using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mlir.Frontend;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>
/// Translators that need not be registered: C#'s implicit conversions between numbers, so that an <c>int</c> is given where a <c>double</c> is taken, and
/// the translation of tuples item by item.
/// </summary>
internal sealed class ImplicitConversions
{
    /// <summary>The name of the plugin that the conversions are of.</summary>
    public const string Plugin = "implicit";

    private readonly ConcurrentDictionary<(Type From, Type To), Translator> _made = new();
    private readonly ConcurrentDictionary<string, Translator> _byId = new(StringComparer.Ordinal);

    /// <summary>The conversion between two types; null where there is none.</summary>
    public Translator? Find(Type from, Type to, Registry registry)
    {
        if (MakeScalar(from, to) is { } scalar)
        {
            return scalar;
        }

        return IsTuple(from) && IsTuple(to) ? MakeTuple(from, to, registry) : null;
    }

    /// <summary>The conversion of this id, as <c>implicit.int-to-double</c>; null when there is none.</summary>
    public Translator? Find(string id)
    {
        if (!id.StartsWith(Plugin + ".", StringComparison.Ordinal))
        {
            return null;
        }

        if (_byId.TryGetValue(id, out var known))
        {
            return known;
        }

        // Another process may have written it down: there are few pairs of numbers.
        foreach (var from in ScalarType.All)
        {
            foreach (var to in ScalarType.All)
            {
                if (Id(from.ClrType, to.ClrType) == id)
                {
                    return MakeScalar(from.ClrType, to.ClrType);
                }
            }
        }

        return null;
    }

    private static string Id(Type from, Type to) => $"{Plugin}.{TypeName.Of(from)}-to-{TypeName.Of(to)}";

    private static bool IsTuple(Type type) =>
        type.IsValueType
        && type.IsGenericType
        && typeof(ITuple).IsAssignableFrom(type)
        && type.GetGenericArguments().Length is > 0 and < 8;

    private Translator? MakeScalar(Type from, Type to)
    {
        if (
            from.IsEnum
            || to.IsEnum
            || from == to
            || ScalarType.TryGet(from) is not { } source
            || ScalarType.TryGet(to) is not { } target
            || !source.ConvertsImplicitlyTo(target)
        )
        {
            return null;
        }

        return _made.GetOrAdd(
            (from, to),
            _ =>
            {
                var value = Expression.Parameter(from, "value");
                var lambda = Expression.Lambda(Expression.GetFuncType(from, to), Expression.Convert(value, to), value);
                return Keep(from, to, 1, lambda, Invokers.Of(lambda));
            }
        );
    }

    // (A, B) → (C, D) where A → C and B → D: at the cost of both.
    private Translator? MakeTuple(Type from, Type to, Registry registry)
    {
        var (own, asked) = (from.GetGenericArguments(), to.GetGenericArguments());
        if (own.Length != asked.Length)
        {
            return null;
        }

        var routes = new Route[own.Length];
        for (var i = 0; i < routes.Length; i++)
        {
            if (Planner.FindRoute(registry, own[i], asked[i]) is not { } route)
            {
                return null;
            }

            routes[i] = route;
        }

        // Not kept by its types: a plugin that is added later may bring shorter routes.
        return Keep(
            from,
            to,
            routes.Sum(r => r.Cost),
            null,
            arguments =>
            {
                var tuple = (ITuple)arguments[0]!;
                var items = new object?[routes.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = routes[i].Run(tuple[i]);
                }

                return Activator.CreateInstance(to, items);
            }
        );
    }

    private Translator Keep(
        Type from,
        Type to,
        double cost,
        LambdaExpression? lambda,
        Func<object?[], object?> invoke
    ) =>
        _byId[Id(from, to)] = new Translator(
            Id(from, to),
            Plugin,
            [new TaskParameter("value", from)],
            to,
            cost,
            lambda,
            null,
            CallSite.Unknown,
            invoke
        )
        {
            Member = $"the conversion from {TypeName.Of(from)} to {TypeName.Of(to)}",
            Registration = int.MaxValue,
        };
}
