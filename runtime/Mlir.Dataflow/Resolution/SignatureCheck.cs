namespace Mlir.Dataflow;

/// <summary>Compares what an implementation takes and gives with what its algorithm says.</summary>
internal sealed class SignatureCheck(
    IReadOnlyDictionary<Type, AbstractType> abstractTypes,
    IReadOnlyDictionary<Type, AbstractType> forms
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

    private bool IsForm(Type own, Type asked)
    {
        if (own == asked || asked == typeof(object))
        {
            return true;
        }

        return Find(own) is { } type && type == Find(asked);
    }

    private AbstractType? Find(Type type) => forms.GetValueOrDefault(type) ?? abstractTypes.GetValueOrDefault(type);

    private string Describe(Type type) =>
        Find(type) is { } abstractType && abstractType.Name != TypeName.Of(type)
            ? $"{TypeName.Of(type)} ({abstractType})"
            : TypeName.Of(type);
}
