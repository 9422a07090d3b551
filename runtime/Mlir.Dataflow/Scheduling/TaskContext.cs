namespace Mlir.Dataflow;

/// <summary>What a task can ask about the run that it is part of.</summary>
public static class TaskContext
{
    [ThreadStatic]
    private static CancellationToken s_token;

    [ThreadStatic]
    private static bool s_inside;

    /// <summary>Is cancelled when the run is to stop; never cancelled outside of a task. Only valid on the thread that the scheduler runs the task on.</summary>
    public static CancellationToken CancellationToken => s_token;

    /// <summary>Whether the current thread runs a task.</summary>
    internal static bool IsInsideTask => s_inside;

    /// <summary>Makes the current thread one that runs tasks.</summary>
    /// <returns>What was before, for <see cref="Leave"/>.</returns>
    internal static (CancellationToken Token, bool Inside) Enter(CancellationToken token)
    {
        var before = (s_token, s_inside);
        (s_token, s_inside) = (token, true);
        return before;
    }

    /// <summary>Undoes <see cref="Enter"/>.</summary>
    internal static void Leave((CancellationToken Token, bool Inside) before) => (s_token, s_inside) = before;
}
