namespace Mlir.Backends.Interpreter;

/// <summary>Limits of interpreted runs, so that a wrong program ends.</summary>
public sealed record InterpreterOptions
{
    /// <summary>No limit on steps, calls nested up to 2,000 deep.</summary>
    public static InterpreterOptions Default { get; } = new();

    /// <summary>The most instructions that one call from outside may take, counted at every repetition and call.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>How deep calls may nest.</summary>
    public int MaxCallDepth { get; init; } = 2_000;

    /// <summary>Ends a run when it is cancelled.</summary>
    public CancellationToken CancellationToken { get; init; }
}
