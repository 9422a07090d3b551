namespace Mlir.Dataflow;

/// <summary>How a trip through a translator ended.</summary>
public enum TripOutcome
{
    /// <summary>What came out is as expected.</summary>
    Right,

    /// <summary>Something else came out, or something was thrown.</summary>
    Wrong,

    /// <summary>No translators lead from the value to the translator, or from it to where it could be compared.</summary>
    NoWay,
}
