using System.Collections.Immutable;

namespace Mlir.Dataflow;

public sealed partial class Resolver
{
    /// <summary>Chooses the implementation for a call whose arguments have these types; see <see cref="CallPlan"/> for how. Plans are kept.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="argumentTypes">A type for each parameter of the algorithm; <c>void</c> stands for null.</param>
    /// <param name="resultType">The type that the result must have; null for whatever the implementation gives.</param>
    /// <param name="plugin">The only plugin whose implementations may be used; null for all.</param>
    /// <exception cref="DispatchException">The algorithm is not registered here, or takes another number of arguments.</exception>
    public CallPlan Plan(
        AbstractAlgorithm algorithm,
        ReadOnlySpan<Type> argumentTypes,
        Type? resultType = null,
        string? plugin = null
    )
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        var registry = _registry;
        var query = new PlanQuery(algorithm, argumentTypes, resultType, plugin);
        return registry.Plans.Find(query) ?? registry.Plans.Add(query, MakePlan(registry, query));
    }

    /// <summary>The translators from a type to another one: the least cost, then the fewest steps, then those registered first. Empty when none is needed.</summary>
    /// <exception cref="DispatchException">There are none.</exception>
    public ImmutableArray<Translator> GetRoute(Type from, Type to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new Planner(_registry).FindRoute(from, to)?.Steps
            ?? throw new DispatchException($"there is no translation from {TypeName.Of(from)} to {TypeName.Of(to)}");
    }

    private static CallPlan MakePlan(Registry registry, PlanQuery query)
    {
        var algorithm = query.Algorithm;
        if (registry.Algorithms.GetValueOrDefault(algorithm.Name)?.GetValueOrDefault(algorithm.Version) != algorithm)
        {
            throw new DispatchException($"the algorithm {algorithm} is not registered in this resolver");
        }

        if (query.ArgumentTypes.Length != algorithm.Parameters.Length)
        {
            throw new DispatchException(
                $"{algorithm.Signature} takes {algorithm.Parameters.Length} arguments, not {query.ArgumentTypes.Length}"
            );
        }

        return new Planner(registry).Plan(algorithm, query.ArgumentTypes, query.ResultType, query.Plugin);
    }
}
