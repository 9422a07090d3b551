namespace Mlir.Remote.Server.Workers;

/// <summary>Many calls that were given to the pool at once, and may end in any order.</summary>
/// <param name="count">How many.</param>
internal sealed class CallBatch(int count)
{
    private readonly TaskCompletionSource<WorkerOutcome[]> result = new();
    private readonly WorkerOutcome[] outcomes = new WorkerOutcome[count];
    private int missing = count;

    /// <summary>Ends with all outcomes, in the order of the calls.</summary>
    public Task<WorkerOutcome[]> Result => result.Task;

    /// <summary>Sets some outcomes.</summary>
    /// <param name="places">Each one's place among all.</param>
    /// <param name="some">The outcomes.</param>
    public void Set(ReadOnlySpan<int> places, ReadOnlySpan<WorkerOutcome> some)
    {
        for (var i = 0; i < some.Length; i++)
        {
            outcomes[places[i]] = some[i];
        }

        if (Interlocked.Add(ref missing, -some.Length) == 0)
        {
            result.SetResult(outcomes);
        }
    }
}
