using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Mlir.IR.Text;

/// <summary>Lets recursion over nested regions go on when the thread's stack is used up.</summary>
internal static class StackGuard
{
    private const int StackBytes = 16 << 20;

    /// <summary>Whether the current thread has stack for another level.</summary>
    public static bool HasRoom => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <summary>Runs <paramref name="action"/> on a fresh stack and waits for it.</summary>
    public static void Continue(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes
        );
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
