namespace Mlir.Dataflow;

/// <summary>How a resolver has tasks compiled.</summary>
public sealed record CompilationOptions
{
    /// <summary>A minute for each compilation, and room for a thousand compiled ones.</summary>
    public static CompilationOptions Default { get; } = new();

    /// <summary>
    /// How long a compiler may take for a thousand tasks or fewer before they run without it, for more tasks as much longer;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many compiled tasks are kept; those used least recently go first.</summary>
    public int MaxKept { get; init; } = 1024;
}
