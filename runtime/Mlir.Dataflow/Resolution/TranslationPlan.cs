using System.Collections.Immutable;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>How a value is translated, or why it cannot be.</summary>
public sealed class TranslationPlan
{
    private readonly string _why;

    internal TranslationPlan(Type source, Type target, Route? route, string why)
    {
        Source = source;
        Target = target;
        _why = why;
        if (route is not null && (route.Steps.IsEmpty || why.Length == 0))
        {
            IsPossible = true;
            Steps = route.Steps;
            Cost = route.Cost;
        }
    }

    /// <summary>The type that is given.</summary>
    public Type Source { get; }

    /// <summary>The type that is wanted.</summary>
    public Type Target { get; }

    /// <summary>Whether there is a way.</summary>
    public bool IsPossible { get; }

    /// <summary>The translators in order; empty when none is needed, or there is no way.</summary>
    public ImmutableArray<Translator> Steps { get; } = [];

    /// <summary>What the steps cost together.</summary>
    public double Cost { get; }

    /// <summary>The plan, if there is a way.</summary>
    /// <exception cref="DispatchException">There is none; the message says why.</exception>
    public TranslationPlan OrThrow() => IsPossible ? this : throw new DispatchException(ToString());

    /// <summary>The steps with their translators and costs, or why there is no way.</summary>
    public override string ToString()
    {
        if (!IsPossible)
        {
            return $"there is no translation from {TypeName.Of(Source)} to {TypeName.Of(Target)}: {_why}";
        }

        if (Steps.IsEmpty)
        {
            return $"{TypeName.Of(Source)} to {TypeName.Of(Target)} needs no translation";
        }

        var text = new StringBuilder(TypeName.Of(Source));
        foreach (var step in Steps)
        {
            text.Append("\n  → ").Append(TypeName.Of(step.Target)).Append(" by ").Append(step.Id);
            text.Append(" of cost ").Append(PropertyRequirement.Text(step.Cost));
        }

        return text.ToString();
    }
}
