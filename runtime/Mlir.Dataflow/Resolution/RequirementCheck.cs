namespace Mlir.Dataflow;

/// <summary>Checks arguments when a function is called, for calls that were planned before their arguments were known.</summary>
internal static class RequirementCheck
{
    /// <summary>Calls an implementation after checking what it and its algorithm require of the arguments.</summary>
    public static Func<object?[], object?> Of(
        ImplementationDeclaration implementation,
        AbstractAlgorithm algorithm,
        IReadOnlyDictionary<Type, ConcreteTypeDeclaration> forms
    )
    {
        var checks = new List<(int Index, ConcreteType Form, PropertyRequirement Requirement)>();
        for (var i = 0; i < implementation.Parameters.Length; i++)
        {
            var parameter = implementation.Parameters[i];
            var requirements =
                i < algorithm.Parameters.Length
                    ? parameter.Requirements.AddRange(algorithm.Parameters[i].Requirements)
                    : parameter.Requirements;
            if (forms.TryGetValue(parameter.Type, out var form))
            {
                var known = requirements.Where(r => form.ConcreteType.Properties.ContainsKey(r.Property));
                checks.AddRange(known.Select(r => (i, form.ConcreteType, r)));
            }
        }

        if (checks.Count == 0)
        {
            return implementation.Invoke;
        }

        var (id, parameters, invoke) = (implementation.Id, implementation.Parameters, implementation.Invoke);
        return arguments =>
        {
            foreach (var (index, form, requirement) in checks)
            {
                if (
                    arguments[index] is { } value
                    && form.PropertyOf(value, requirement.Property) is var actual
                    && !requirement.IsMetBy(actual)
                )
                {
                    throw new DispatchException(
                        $"{id}: {parameters[index].Name} must have {requirement} but has {PropertyRequirement.Text(actual)}"
                    );
                }
            }

            return invoke(arguments);
        };
    }

    /// <summary>A translator that refuses values which its target cannot hold. It runs as it is then: compiled code could not check them.</summary>
    public static Translator Of(Translator translator, IReadOnlyDictionary<Type, ConcreteTypeDeclaration> forms)
    {
        if (!forms.TryGetValue(translator.Source, out var from) || !forms.TryGetValue(translator.Target, out var to))
        {
            return translator;
        }

        var difference = FormDifference.Between(from.ConcreteType, to.ConcreteType);
        return difference.IsEmpty
            ? translator
            : translator.With(arguments =>
                arguments[0] is { } value && difference.WhyNotTranslatable(value) is { } why
                    ? throw new DispatchException($"{translator.Id}: {why}")
                    : translator.Invoke(arguments)
            );
    }
}
