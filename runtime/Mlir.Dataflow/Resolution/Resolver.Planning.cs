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
        return registry.Plans.Find(query) ?? registry.Plans.Add(query, MakePlan(registry, query, null));
    }

    /// <summary>Says which implementation a call would use, and why, without calling it.</summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last.</param>
    public CallPlan PlanCall(string name, params object?[] arguments) =>
        PlanValues(GetAlgorithm(name), CallArguments.Bind(GetAlgorithm(name), Unpack(arguments)), null, null);

    /// <summary>The translators from a type to another one: the least cost, then the fewest steps, then those registered first. Empty when none is needed.</summary>
    /// <exception cref="DispatchException">There are none.</exception>
    public ImmutableArray<Translator> GetRoute(Type from, Type to) => PlanTranslation(from, to).OrThrow().Steps;

    /// <summary>Says how values of a type would be translated to another one.</summary>
    public TranslationPlan PlanTranslation(Type from, Type to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return MakeTranslation(from, null, to);
    }

    /// <summary>Says how a value would be translated to a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public TranslationPlan PlanTranslation<T>(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return PlanTranslationOf(value, typeof(T));
    }

    // How this very value would be translated.
    internal TranslationPlan PlanTranslationOf(object value, Type to) => MakeTranslation(value.GetType(), value, to);

    // The plan for these arguments: the one for their types, unless something depends on their properties.
    internal CallPlan PlanValues(AbstractAlgorithm algorithm, object?[] values, Type? resultType, string? plugin)
    {
        var types = new Type[values.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = values[i]?.GetType() ?? typeof(void);
        }

        var plan = Plan(algorithm, types, resultType, plugin);
        return plan.DependsOnValues
            ? MakePlan(_registry, new PlanQuery(algorithm, types, resultType, plugin), values)
            : plan;
    }

    private TranslationPlan MakeTranslation(Type from, object? value, Type to)
    {
        var registry = _registry;
        var route = Planner.FindRoute(registry, from, to);
        var obstacle = route is { Steps.Length: > 0 }
            ? new PropertyChecks(registry).WhyNotTranslatable(from, value, to)
            : null;
        return new TranslationPlan(from, to, route, obstacle ?? (route is null ? WhyNoRoute(registry, from, to) : ""));
    }

    private static string WhyNoRoute(Registry registry, Type from, Type to)
    {
        var (own, asked) = (registry.AbstractTypeOf(from), registry.AbstractTypeOf(to));
        return own == asked || own.IsImplicit && asked.IsImplicit
            ? "no translators lead there"
            : $"the one is a form of {own}, the other one of {asked}";
    }

    private CallPlan MakePlan(Registry registry, PlanQuery query, object?[]? values)
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

        return new Planner(registry, query, values, TranslatesAutomatically).Plan();
    }
}
