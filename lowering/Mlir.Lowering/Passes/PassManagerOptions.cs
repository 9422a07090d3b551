namespace Mlir.Lowering;

/// <summary>How a <see cref="PassManager"/> runs.</summary>
public sealed record PassManagerOptions
{
    /// <summary>Verification in Debug builds, nothing else.</summary>
    public static PassManagerOptions Default { get; } = new();

    /// <summary>Whether the IR is verified before the first and after every pass.</summary>
    public bool Verify { get; init; } =
#if DEBUG
        true;
#else
        false;
#endif

    /// <summary>Says by a pass's name whether the IR is printed before it.</summary>
    public Func<string, bool>? PrintBefore { get; init; }

    /// <summary>Says by a pass's name whether the IR is printed after it.</summary>
    public Func<string, bool>? PrintAfter { get; init; }

    /// <summary>Receives the printed IR.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Ends a run between two passes, and inside long ones.</summary>
    public CancellationToken Cancellation { get; init; }
}
