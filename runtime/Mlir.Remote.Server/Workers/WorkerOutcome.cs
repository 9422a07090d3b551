using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Workers;

/// <summary>How one of many calls ended: with a result, or a failure.</summary>
/// <param name="Result">What came of it; null after a failure.</param>
/// <param name="Failure">Why it could not be run to its end; null if it was.</param>
internal readonly record struct WorkerOutcome(WorkerResult? Result, ProtocolException? Failure);
