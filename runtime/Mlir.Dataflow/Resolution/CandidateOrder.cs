namespace Mlir.Dataflow;

/// <summary>The order of preference among implementations.</summary>
internal sealed class CandidateOrder : IComparer<Candidate>
{
    public static CandidateOrder Instance { get; } = new();

    /// <summary>Below 0 if <paramref name="x"/> is preferred.</summary>
    public int Compare(Candidate? x, Candidate? y) => WhyBetter(x!, y!).Order;

    /// <summary>The order of two candidates, and what decides it.</summary>
    public static (int Order, string Reason) WhyBetter(Candidate x, Candidate y)
    {
        var (a, b) = (x.Algorithm, y.Algorithm);
        return (
            y.IsPossible.CompareTo(x.IsPossible),
            x.Unchecked.CompareTo(y.Unchecked),
            x.TranslationCount.CompareTo(y.TranslationCount),
            x.Cost.CompareTo(y.Cost),
            a.Registration.CompareTo(b.Registration)
        ) switch
        {
            (not 0 and var order, _, _, _, _) => (order, "cannot be used"),
            (_, not 0 and var order, _, _, _) => (order, "has requirements that show only when it is called"),
            (_, _, not 0 and var order, _, _) => (order, "needs more translations"),
            (_, _, _, not 0 and var order, _) => (order, "its translations cost more"),
            (_, _, _, _, not 0 and var order) => (order, "was registered later"),
            _ => (string.CompareOrdinal(a.Id, b.Id), "its id comes later"),
        };
    }
}
