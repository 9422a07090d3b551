using System.Collections.Immutable;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>Which implementation a call uses, which translations it needs, and why.</summary>
/// <remarks>
/// Of the implementations that can be used, the one that needs the fewest translations is chosen, of the arguments and the result together; then the one
/// whose translations cost least, then the one that was registered first, then the one whose id comes first. Where values are not there yet,
/// implementations whose requirements can be checked without them go before all others.
/// </remarks>
public sealed class CallPlan
{
    private readonly ImmutableArray<Type> _argumentTypes;
    private readonly Type? _resultType;
    private readonly string? _plugin;

    internal CallPlan(
        AbstractAlgorithm algorithm,
        ImmutableArray<Type> argumentTypes,
        Type? resultType,
        string? plugin,
        ImmutableArray<Candidate> candidates,
        ImmutableArray<string> obstacles,
        bool dependsOnValues
    )
    {
        Algorithm = algorithm;
        _argumentTypes = argumentTypes;
        _resultType = resultType;
        _plugin = plugin;
        Obstacles = obstacles;
        DependsOnValues = dependsOnValues;
        Candidates = candidates.Sort(CandidateOrder.Instance);
        if (obstacles.IsEmpty && Candidates is [{ IsPossible: true } best, ..])
        {
            Chosen = best.Algorithm;
            Translations = best.Translations;
            ResultTranslations = best.ResultTranslations;
        }
    }

    /// <summary>The algorithm.</summary>
    public AbstractAlgorithm Algorithm { get; }

    /// <summary>The implementation; null when there is none for these arguments.</summary>
    public ConcreteAlgorithm? Chosen { get; }

    /// <summary>The translations that the argument of each parameter of the algorithm needs, step by step; empty when nothing was chosen.</summary>
    public ImmutableArray<ImmutableArray<Translator>> Translations { get; } = [];

    /// <summary>The translations that the result needs.</summary>
    public ImmutableArray<Translator> ResultTranslations { get; } = [];

    /// <summary>Every implementation in the order of preference.</summary>
    public ImmutableArray<Candidate> Candidates { get; }

    /// <summary>What is wrong with the call whatever the implementation: requirements of the algorithm that an argument does not meet.</summary>
    public ImmutableArray<string> Obstacles { get; }

    // Whether another plan may come out once the arguments are known.
    internal bool DependsOnValues { get; }

    /// <summary>The plan, if an implementation was found.</summary>
    /// <exception cref="DispatchException">There is none; the message says why of each.</exception>
    public CallPlan OrThrow() => Chosen is null ? throw new DispatchException(ToString()) : this;

    /// <summary>Says why each implementation was chosen or not.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Algorithm.Signature).Append('\n');
        text.Append("called with (").AppendJoin(", ", _argumentTypes.Select(Describe)).Append(')');
        if (_resultType is not null)
        {
            text.Append(" for ").Append(TypeName.Of(_resultType));
        }

        if (_plugin is not null)
        {
            text.Append(" of the plugin ").Append(_plugin);
        }

        if (Chosen is null)
        {
            text.Append(": no implementation can be used");
        }

        foreach (var obstacle in Obstacles)
        {
            text.Append("\n  impossible: ").Append(obstacle);
        }

        if (Candidates.IsEmpty)
        {
            text.Append("\n  none is registered");
        }

        foreach (var candidate in Candidates)
        {
            Write(candidate, text.Append("\n  "));
        }

        return text.ToString();
    }

    private static string Describe(Type type) => type == typeof(void) ? "null" : TypeName.Of(type);

    private void Write(Candidate candidate, StringBuilder text)
    {
        var word =
            !candidate.IsPossible ? "impossible"
            : candidate.Algorithm == Chosen ? "chosen"
            : "possible";
        text.Append(word).Append("  ").Append(candidate.Algorithm.Id);
        if (candidate.Algorithm.Compiler is { } compiler)
        {
            text.Append(" on ").Append(compiler);
        }

        text.Append(": ");
        if (!candidate.IsPossible)
        {
            text.AppendJoin("; ", candidate.Obstacles);
            return;
        }

        text.Append(
            candidate.TranslationCount switch
            {
                0 => "no translation",
                1 => "1 translation",
                var n => $"{n} translations",
            }
        );
        if (candidate.TranslationCount > 0)
        {
            text.Append(" of cost ").Append(PropertyRequirement.Text(candidate.Cost));
        }

        if (candidate.Algorithm != Chosen && Chosen is not null)
        {
            text.Append(", ").Append(CandidateOrder.WhyBetter(Candidates[0], candidate).Reason);
        }

        for (var i = 0; i < candidate.Translations.Length; i++)
        {
            WriteSteps(Algorithm.Parameters[i].Name, candidate.Translations[i], text);
        }

        WriteSteps("result", candidate.ResultTranslations, text);
    }

    private static void WriteSteps(string what, ImmutableArray<Translator> steps, StringBuilder text)
    {
        if (!steps.IsEmpty)
        {
            text.Append("\n    ").Append(what).Append(": ").Append(TypeName.Of(steps[0].Source));
            foreach (var step in steps)
            {
                text.Append(" → ").Append(TypeName.Of(step.Target)).Append(" by ").Append(step.Id);
            }
        }
    }
}
