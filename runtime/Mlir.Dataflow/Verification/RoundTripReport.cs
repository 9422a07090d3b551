using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What came of taking values through translators.</summary>
public sealed class RoundTripReport
{
    internal RoundTripReport(ImmutableArray<Trip> trips) => Trips = trips;

    /// <summary>Every trip.</summary>
    public ImmutableArray<Trip> Trips { get; }

    /// <summary>The trips that went wrong.</summary>
    public IEnumerable<Trip> Failures => Trips.Where(t => t.Outcome == TripOutcome.Wrong);

    /// <summary>The translators that no value could be taken through and compared.</summary>
    public IEnumerable<Translator> Unchecked =>
        Trips.GroupBy(t => t.Translator).Where(g => g.All(t => t.Outcome == TripOutcome.NoWay)).Select(g => g.Key);

    /// <summary>Whether every translator was checked and nothing went wrong.</summary>
    public bool Passed => Trips.Length > 0 && !Failures.Any() && !Unchecked.Any();

    /// <summary>Does nothing if everything is right.</summary>
    /// <exception cref="VerificationException">Something is not; the message lists it.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new VerificationException(ToString());
        }
    }

    /// <summary>Every trip, one a line.</summary>
    public override string ToString() =>
        Trips.IsEmpty
            ? "no translator was checked: none is between forms of the values' abstract types"
            : string.Join(
                '\n',
                Trips.Select(t =>
                    $"{Word(t.Outcome)}  {t.Translator.Id}: {t.Path}{(t.Problem.Length == 0 ? "" : ": " + t.Problem)}"
                )
            );

    private static string Word(TripOutcome outcome) =>
        outcome switch
        {
            TripOutcome.Right => "right",
            TripOutcome.Wrong => "wrong",
            _ => "no way",
        };
}
