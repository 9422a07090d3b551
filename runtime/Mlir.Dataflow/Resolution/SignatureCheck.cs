using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Compares what an implementation takes and gives with what its algorithm says.</summary>
internal sealed class SignatureCheck(
    IReadOnlyDictionary<Type, AbstractType> forms,
    IReadOnlyDictionary<Type, ConcreteTypeDeclaration> concreteTypes
)
{
    /// <summary>What does not fit.</summary>
    public IEnumerable<string> Check(ImplementationDeclaration implementation, AbstractAlgorithm algorithm)
    {
        var (own, asked) = (implementation.Parameters, algorithm.Parameters);
        for (var i = 0; i < asked.Length; i++)
        {
            if (i >= own.Length)
            {
                yield return $"it lacks the parameter '{asked[i].Name}'";
            }
            else if (own[i].Name != asked[i].Name)
            {
                yield return $"its parameter {i + 1} is '{own[i].Name}' but must be '{asked[i].Name}'";
            }
            else if (!IsForm(own[i].Type, asked[i].Type) && !own[i].Type.IsAssignableFrom(asked[i].Type))
            {
                yield return $"its parameter '{own[i].Name}' is {Describe(own[i].Type)} but must be a form of {Describe(asked[i].Type)}";
            }
            else if (own[i].HasDefault && !(asked[i].HasDefault && Equals(own[i].Default, asked[i].Default)))
            {
                yield return $"its parameter '{own[i].Name}' has a default, but only those of the algorithm count: leave it out";
            }
        }

        for (var i = asked.Length; i < own.Length; i++)
        {
            if (!own[i].HasDefault)
            {
                yield return $"its parameter '{own[i].Name}' is not one of the algorithm's and has no default";
            }
        }

        if (
            !IsForm(implementation.ResultType, algorithm.ResultType)
            && !algorithm.ResultType.IsAssignableFrom(implementation.ResultType)
        )
        {
            yield return $"it gives {Describe(implementation.ResultType)} but must give a form of {Describe(algorithm.ResultType)}";
        }
    }

    /// <summary>Requirements of properties that the type does not have.</summary>
    public IEnumerable<string> CheckRequirements(
        ImmutableArray<TaskParameter> parameters,
        Type resultType,
        ImmutableArray<PropertyRequirement> resultRequirements
    ) =>
        parameters
            .SelectMany(p => Check(p.Requirements, p.Type, $"'{p.Name}'"))
            .Concat(Check(resultRequirements, resultType, "the result"));

    private IEnumerable<string> Check(ImmutableArray<PropertyRequirement> requirements, Type type, string what)
    {
        foreach (var requirement in requirements)
        {
            var properties = concreteTypes.TryGetValue(type, out var form)
                ? form.ConcreteType.Properties
                : forms.GetValueOrDefault(type)?.Properties
                    ?? ImmutableSortedDictionary<string, ImmutableArray<object>>.Empty;
            if (!properties.TryGetValue(requirement.Property, out var possible))
            {
                yield return $"{what} cannot require '{requirement.Property}': {Describe(type)} has no such property";
            }
            else if (requirement.Values.IsEmpty || requirement.Values.Except(possible).Any())
            {
                yield return $"{what} cannot require {requirement}: {Describe(type)} has {requirement.Property} = {PropertyRequirement.Text(possible)}";
            }
        }
    }

    private bool IsForm(Type own, Type asked)
    {
        if (own == asked || asked == typeof(object) || (Find(own) is { } type && type == Find(asked)))
        {
            return true;
        }

        // Tuples item by item.
        return own.IsValueType
            && own.IsGenericType
            && asked.IsGenericType
            && own.GetGenericTypeDefinition() == asked.GetGenericTypeDefinition()
            && own.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
            && own.GetGenericArguments().Zip(asked.GetGenericArguments()).All(p => IsForm(p.First, p.Second));
    }

    private AbstractType? Find(Type type) => forms.GetValueOrDefault(type);

    private string Describe(Type type) =>
        Find(type) is { } abstractType && abstractType.Marker != type && abstractType.Name != TypeName.Of(type)
            ? $"{TypeName.Of(type)} ({abstractType})"
            : TypeName.Of(type);
}
