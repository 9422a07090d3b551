using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>An implementation that a call could have used.</summary>
public sealed class Candidate
{
    internal Candidate(
        ConcreteAlgorithm algorithm,
        ImmutableArray<ImmutableArray<Translator>> translations,
        ImmutableArray<Translator> resultTranslations,
        ImmutableArray<string> obstacles,
        int uncheckedRequirements
    )
    {
        Algorithm = algorithm;
        Translations = translations;
        ResultTranslations = resultTranslations;
        Obstacles = obstacles;
        Unchecked = uncheckedRequirements;
        TranslationCount = translations.Sum(t => t.Length) + resultTranslations.Length;
        Cost = translations.Sum(t => t.Sum(s => s.Cost)) + resultTranslations.Sum(s => s.Cost);
    }

    /// <summary>The implementation.</summary>
    public ConcreteAlgorithm Algorithm { get; }

    /// <summary>The translations that each argument needs, step by step.</summary>
    public ImmutableArray<ImmutableArray<Translator>> Translations { get; }

    /// <summary>The translations that the result needs.</summary>
    public ImmutableArray<Translator> ResultTranslations { get; }

    /// <summary>How many translations that are.</summary>
    public int TranslationCount { get; }

    /// <summary>What they cost together.</summary>
    public double Cost { get; }

    /// <summary>Whether the call could use it.</summary>
    public bool IsPossible => Obstacles.IsEmpty;

    /// <summary>Why the call cannot use it; empty if it can.</summary>
    public ImmutableArray<string> Obstacles { get; }

    /// <summary>How many of its requirements show only when it is called, because the values are not there yet.</summary>
    public int Unchecked { get; }
}
