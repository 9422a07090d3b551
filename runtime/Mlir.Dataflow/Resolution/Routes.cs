using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>
/// The cheapest translations from one type to all others: the least cost, then the fewest steps, then the translators that were registered first, then
/// those whose ids come first.
/// </summary>
internal sealed class Routes
{
    private readonly Dictionary<Type, (Translator? Last, Type? Before)> _reached = [];
    private readonly List<Type> _order = [];
    private readonly Type _from;

    /// <summary>Finds the routes from a type.</summary>
    /// <param name="from">The type.</param>
    /// <param name="translators">Every translator, in the order in which they are considered.</param>
    public Routes(Type from, ImmutableArray<Translator> translators)
    {
        _from = from;
        var best = new Dictionary<Type, (double Cost, int Steps, Translator? Last, Type? Before)>
        {
            [from] = (0, 0, null, null),
        };
        var queue = new PriorityQueue<Type, (double Cost, int Steps, int Found)>();
        var found = 0;
        queue.Enqueue(from, (0, 0, found++));
        while (queue.TryDequeue(out var type, out _))
        {
            var (cost, steps, last, before) = best[type];
            if (!_reached.TryAdd(type, (last, before)))
            {
                continue;
            }

            _order.Add(type);
            foreach (var translator in translators)
            {
                if (!translator.Source.IsAssignableFrom(type) || _reached.ContainsKey(translator.Target))
                {
                    continue;
                }

                var (newCost, newSteps) = (cost + translator.Cost, steps + 1);
                if (
                    !best.TryGetValue(translator.Target, out var known)
                    || (newCost, newSteps).CompareTo((known.Cost, known.Steps)) < 0
                )
                {
                    best[translator.Target] = (newCost, newSteps, translator, type);
                    queue.Enqueue(translator.Target, (newCost, newSteps, found++));
                }
            }
        }
    }

    /// <summary>The types that can be reached, the nearest first; the first one is the type itself.</summary>
    public IReadOnlyList<Type> Reachable => _order;

    /// <summary>The route to a type, or to the nearest type that can stand for it; null when there is none.</summary>
    public Route? To(Type target)
    {
        if (target.IsAssignableFrom(_from))
        {
            return Route.None;
        }

        if (_reached.ContainsKey(target))
        {
            return Trace(target);
        }

        foreach (var type in _order)
        {
            if (target.IsAssignableFrom(type))
            {
                return Trace(type);
            }
        }

        return null;
    }

    private Route Trace(Type target)
    {
        var steps = new Stack<Translator>();
        while (_reached[target] is ({ } last, { } before))
        {
            steps.Push(last);
            target = before;
        }

        return Route.Of([.. steps]);
    }
}
