using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Checks properties of arguments before they are translated: those of the abstract type do not change by translation.</summary>
internal sealed class PropertyChecks(Registry registry)
{
    /// <summary>Whether an argument meets a requirement.</summary>
    /// <param name="requirement">The requirement.</param>
    /// <param name="given">The argument's type.</param>
    /// <param name="value">The argument; null when only its type is known.</param>
    /// <param name="taken">The parameter's type.</param>
    /// <param name="found">What the property is, as far as is known, for errors.</param>
    public PropertyVerdict Check(
        PropertyRequirement requirement,
        Type given,
        object? value,
        Type taken,
        out string found
    )
    {
        var form = registry.ConcreteTypeOf(given);
        if (form is null || !form.Properties.TryGetValue(requirement.Property, out var possible))
        {
            // Only the form that the parameter takes has it: seen after the translation, if that form leaves a choice.
            form = registry.ConcreteTypeOf(taken);
            value = null;
            possible = form?.Properties.GetValueOrDefault(requirement.Property, []) ?? [];
        }

        found = PropertyRequirement.Text(possible);
        if (!possible.IsEmpty && possible.All(requirement.IsMetBy))
        {
            return PropertyVerdict.Met;
        }

        if (!possible.IsEmpty && !possible.Any(requirement.IsMetBy))
        {
            return PropertyVerdict.Unmet;
        }

        if (value is null)
        {
            return PropertyVerdict.Unknown;
        }

        var actual = form!.PropertyOf(value, requirement.Property);
        found = PropertyRequirement.Text(actual);
        return requirement.IsMetBy(actual) ? PropertyVerdict.Met : PropertyVerdict.Unmet;
    }

    /// <summary>Why a value of one form has no counterpart in another form, which cannot have one of its properties; null when it has one.</summary>
    /// <param name="given">The type of the value.</param>
    /// <param name="value">The value; null when only its type is known.</param>
    /// <param name="target">The type that it would be translated to.</param>
    public string? WhyNotTranslatable(Type given, object? value, Type target) =>
        registry.ConcreteTypeOf(given) is { } from && registry.ConcreteTypeOf(target) is { } to
            ? FormDifference.Between(from, to).WhyNotTranslatable(value)
            : null;

    /// <summary>Checks requirements of the result, or of arguments that are as the function takes them.</summary>
    /// <returns>What is wrong; null when everything is as required.</returns>
    public string? Check(ImmutableArray<PropertyRequirement> requirements, object? value)
    {
        if (requirements.IsEmpty || value is null)
        {
            return null;
        }

        foreach (var requirement in requirements)
        {
            var form = registry.ConcreteTypeOf(value.GetType());
            if (form is null || !form.Properties.ContainsKey(requirement.Property))
            {
                continue;
            }

            var actual = form.PropertyOf(value, requirement.Property);
            if (!requirement.IsMetBy(actual))
            {
                return $"must have {requirement} but has {PropertyRequirement.Text(actual)}";
            }
        }

        return null;
    }
}
