using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Chooses implementations for one call.</summary>
internal sealed class Planner
{
    private readonly Registry _registry;
    private readonly PropertyChecks _properties;
    private readonly AbstractAlgorithm _algorithm;
    private readonly ImmutableArray<Type> _types;
    private readonly object?[]? _values;
    private readonly Type? _resultType;
    private readonly string? _plugin;
    private readonly bool _translates;
    private bool _dependsOnValues;

    /// <summary>Prepares a plan.</summary>
    /// <param name="registry">What there is to choose from.</param>
    /// <param name="query">The call.</param>
    /// <param name="values">The arguments; null when only their types are known.</param>
    /// <param name="translates">Whether values may be translated.</param>
    public Planner(Registry registry, PlanQuery query, object?[]? values, bool translates)
    {
        _registry = registry;
        _properties = new PropertyChecks(registry);
        _algorithm = query.Algorithm;
        _types = [.. query.ArgumentTypes];
        _resultType = query.ResultType;
        _plugin = query.Plugin;
        _values = values;
        _translates = translates;
    }

    /// <summary>Makes the plan.</summary>
    public CallPlan Plan()
    {
        var obstacles = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < _types.Length; i++)
        {
            var parameter = _algorithm.Parameters[i];
            foreach (var requirement in parameter.Requirements)
            {
                if (CheckRequirement(requirement, i, parameter.Type, out var found) == PropertyVerdict.Unmet)
                {
                    obstacles.Add($"{parameter.Name} must have {requirement} but has {found}");
                }
            }
        }

        var candidates = ImmutableArray.CreateBuilder<Candidate>();
        foreach (var implementation in _registry.Implementations.GetValueOrDefault(_algorithm, []))
        {
            candidates.Add(Consider(implementation));
        }

        if (candidates.Count == 0)
        {
            obstacles.AddRange(OtherVersions());
        }

        return new CallPlan(
            _algorithm,
            _types,
            _resultType,
            _plugin,
            candidates.ToImmutable(),
            obstacles.ToImmutable(),
            _dependsOnValues
        );
    }

    /// <summary>The translations from a type to another one; null when there are none.</summary>
    public static Route? FindRoute(Registry registry, Type from, Type to)
    {
        if (from == typeof(void))
        {
            return to.IsValueType && Nullable.GetUnderlyingType(to) is null ? null : Route.None;
        }

        // A marker stands for every form of its abstract type.
        var stands =
            to.IsAssignableFrom(from)
            || (registry.AbstractTypes.TryGetValue(to, out var type) && registry.AbstractTypeOf(from) == type);
        return stands ? Route.None : registry.FindRoute(from, to);
    }

    private IEnumerable<string> OtherVersions() =>
        _registry
            .Algorithms[_algorithm.Name]
            .Values.SelectMany(a => _registry.Implementations.GetValueOrDefault(a, []))
            .Select(i => $"{i.Id} implements version {i.Algorithm.Version} only");

    private Candidate Consider(ConcreteAlgorithm implementation)
    {
        var obstacles = ImmutableArray.CreateBuilder<string>();
        if (_plugin is not null && implementation.Plugin != _plugin)
        {
            obstacles.Add($"it is of the plugin {implementation.Plugin}");
        }

        var uncheckedCount = 0;
        var translations = ImmutableArray.CreateBuilder<ImmutableArray<Translator>>(_types.Length);
        for (var i = 0; i < _types.Length; i++)
        {
            var parameter = implementation.Parameters[i];
            var steps = Steps(_types[i], parameter.Type, parameter.Name);
            translations.Add(steps);
            if (steps.Length > 0)
            {
                CheckForm(i, parameter);
            }

            foreach (var requirement in parameter.Requirements.AddRange(_algorithm.Parameters[i].Requirements))
            {
                CheckRequirementOf(parameter, requirement, i);
            }
        }

        // A result of a more general type may turn out to be what is wanted.
        var result =
            _resultType is null || implementation.ResultType.IsAssignableFrom(_resultType)
                ? []
                : Steps(implementation.ResultType, _resultType, "the result");
        return new Candidate(
            implementation,
            translations.ToImmutable(),
            result,
            obstacles.ToImmutable(),
            uncheckedCount
        );

        void CheckForm(int index, TaskParameter parameter)
        {
            if (
                _registry.ConcreteTypeOf(_types[index]) is not { } from
                || _registry.ConcreteTypeOf(parameter.Type) is not { } to
            )
            {
                return;
            }

            var difference = FormDifference.Between(from, to);
            _dependsOnValues |= !difference.IsEmpty;
            if (difference.WhyNotTranslatable(_values?[index]) is { } why)
            {
                obstacles.Add($"{parameter.Name}: {why}");
            }
        }

        void CheckRequirementOf(TaskParameter parameter, PropertyRequirement requirement, int index)
        {
            switch (CheckRequirement(requirement, index, parameter.Type, out var found))
            {
                case PropertyVerdict.Unmet:
                    obstacles.Add($"{parameter.Name} must have {requirement} but has {found}");
                    break;
                case PropertyVerdict.Unknown when implementation.Compiler is not null:
                    obstacles.Add(
                        $"{parameter.Name} must have {requirement}, which shows only when it is called, where compiled code cannot check it"
                    );
                    break;
                case PropertyVerdict.Unknown:
                    uncheckedCount++;
                    break;
            }
        }

        ImmutableArray<Translator> Steps(Type from, Type to, string what)
        {
            var route = FindRoute(_registry, from, to);
            if (route is null)
            {
                obstacles.Add(
                    from == typeof(void)
                        ? $"{what} cannot be null: it is {TypeName.Of(to)}"
                        : $"{what}: no translation from {TypeName.Of(from)} to {TypeName.Of(to)}"
                );
            }
            else if (!_translates && route.Steps.Length > 0)
            {
                obstacles.Add($"{what} would have to be translated from {TypeName.Of(from)} to {TypeName.Of(to)}");
            }

            return route?.Steps ?? [];
        }
    }

    private PropertyVerdict CheckRequirement(PropertyRequirement requirement, int index, Type taken, out string found)
    {
        found = "";
        if (_types[index] == typeof(void))
        {
            return PropertyVerdict.Met; // null has no properties; whether it may be given is the type's business
        }

        var verdict = _properties.Check(requirement, _types[index], _values?[index], taken, out found);
        _dependsOnValues |= verdict == PropertyVerdict.Unknown;
        return verdict;
    }
}
