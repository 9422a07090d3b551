using Mlir.Remote.Server.Functions;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Sessions;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Calls;

/// <summary>A call whose arguments are checked and held, ready for a worker. Disposing it lets go of what it holds.</summary>
/// <param name="session">Whose call it is.</param>
/// <param name="function">The function, held.</param>
/// <param name="work">What the worker does.</param>
/// <param name="held">The memory of argument arrays, held.</param>
/// <param name="isPacked">Whether arguments came packed, and results go packed.</param>
internal sealed class PreparedCall(
    Session session,
    ServedFunction function,
    WorkerCall work,
    List<Segment>? held,
    bool isPacked
) : IDisposable
{
    /// <summary>The function.</summary>
    public ServedFunction Function { get; } = function;

    /// <summary>What the worker does.</summary>
    public WorkerCall Work { get; } = work;

    /// <summary>Whether arguments came packed, and results go packed.</summary>
    public bool IsPacked { get; } = isPacked;

    /// <summary>Gives a result's memory back once its bytes are in the answer.</summary>
    public void Return(Segment segment)
    {
        if (Work.Recycled?.Contains(segment) is true)
        {
            segment.Release(); // the worker's reference; the session's own goes back below
        }
        else
        {
            session.Buffers.ReturnIdle(segment);
        }
    }

    /// <summary>Lets go of the function and of the arrays, and gives memory back that no result took.</summary>
    public void Dispose()
    {
        Function.Leave();
        held?.ForEach(static segment => segment.Release());
        foreach (var segment in Work.Recycled ?? [])
        {
            session.Buffers.ReturnIdle(segment); // one that a result stays in has another reference, and is not kept
        }
    }
}
