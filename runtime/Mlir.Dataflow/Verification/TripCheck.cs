using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Takes a value to a translator, through it, and on to where it can be compared.</summary>
internal sealed class TripCheck(Resolver resolver, Tolerance? tolerance, Translator translator)
{
    public Trip Run(object value, object expected)
    {
        var (there, back) = (
            resolver.PlanTranslationOf(value, translator.Source),
            resolver.PlanTranslation(translator.Target, expected.GetType())
        );
        var path = string.Join(
            " → ",
            there
                .Steps.Add(translator)
                .AddRange(back.Steps)
                .Select(s => TypeName.Of(s.Target))
                .Prepend(TypeName.Of(value.GetType()))
        );
        if (!there.IsPossible || !back.IsPossible)
        {
            return new Trip(translator, path, TripOutcome.NoWay, (there.IsPossible ? back : there).ToString());
        }

        try
        {
            var arrived = resolver.Translate(value, there.Steps)!;
            var step = resolver.PlanTranslationOf(arrived, translator.Target);
            if (!step.IsPossible)
            {
                return new Trip(translator, path, TripOutcome.NoWay, step.ToString());
            }

            var problem = Compare(arrived, expected, back.Steps);
            return new Trip(translator, path, problem is null ? TripOutcome.Right : TripOutcome.Wrong, problem ?? "");
        }
        catch (Exception exception)
        {
            return new Trip(translator, path, TripOutcome.Wrong, exception.Message);
        }
    }

    private string? Compare(object arrived, object expected, ImmutableArray<Translator> back)
    {
        var translated = translator.Invoke([arrived]);
        if (translated is null)
        {
            return $"{translator.Id} gives null";
        }

        if (WhatChanged(arrived, translated) is { } change)
        {
            return change;
        }

        // What can be compiled must do the same compiled.
        if (
            translator.Compiler is { } compiler
            && !resolver.AreEqual(translated, resolver.Invoke(translator, [arrived]), tolerance)
        )
        {
            return $"{translator.Id} gives something else when {compiler} compiles it";
        }

        var result = resolver.Translate(translated, back);
        return resolver.AreEqual(expected, result, tolerance)
            ? null
            : $"expected {ValueText.Of(expected)} but {ValueText.Of(result)} came out";
    }

    // Properties of the abstract type stay what they are, whatever the form.
    private string? WhatChanged(object before, object after)
    {
        var (old, now) = (resolver.TypeOf(before), resolver.TypeOf(after));
        foreach (var property in old.AbstractType.Properties.Keys)
        {
            if (
                old.Properties.TryGetValue(property, out var was)
                && now.Properties.TryGetValue(property, out var becomes)
                && !was.Equals(becomes)
            )
            {
                return $"{translator.Id} changes {property} from {PropertyRequirement.Text(was)} to {PropertyRequirement.Text(becomes)}";
            }
        }

        return null;
    }
}
