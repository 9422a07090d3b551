namespace Mlir.Dataflow;

/// <summary>The way of a value through a translator.</summary>
/// <param name="Translator">The translator.</param>
/// <param name="Path">The types on the way.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Problem">What went wrong; empty when nothing did.</param>
public sealed record Trip(Translator Translator, string Path, TripOutcome Outcome, string Problem);
