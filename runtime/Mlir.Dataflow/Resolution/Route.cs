using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Translators, one after the other.</summary>
internal sealed record Route(ImmutableArray<Translator> Steps, double Cost)
{
    /// <summary>Nothing to do.</summary>
    public static Route None { get; } = new([], 0);

    /// <summary>The route of these steps.</summary>
    public static Route Of(ImmutableArray<Translator> steps) => new(steps, steps.Sum(s => s.Cost));

    /// <summary>Carries the steps out.</summary>
    public object? Run(object? value)
    {
        foreach (var step in Steps)
        {
            value = step.Invoke([value]);
        }

        return value;
    }
}
