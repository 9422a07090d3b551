using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Values;

namespace Mlir.Remote.Server.Functions;

/// <summary>A function that clients call: its signature and its code.</summary>
/// <param name="id">Its number in the session.</param>
/// <param name="name">Its name in the session; empty for none.</param>
/// <param name="layout">Its signature, laid out.</param>
/// <param name="module">A share of its code, which goes with the last user of the function.</param>
/// <param name="target">What it was compiled for.</param>
/// <param name="source">Where it comes from.</param>
internal sealed class ServedFunction(
    ulong id,
    string name,
    FunctionLayout layout,
    CompiledModules.CompiledModule module,
    string target,
    string source
)
{
    private int _users = 1;
    private long _calls;
    private long _ticks;

    /// <summary>Its number in the session.</summary>
    public ulong Id { get; } = id;

    /// <summary>Its name in the session; empty for none.</summary>
    public string Name { get; } = name;

    /// <summary>Its signature, laid out.</summary>
    public FunctionLayout Layout { get; } = layout;

    /// <summary>Its code.</summary>
    public CompiledModules.CompiledModule Module { get; } = module;

    /// <summary>What it was compiled for.</summary>
    public string Target { get; } = target;

    /// <summary>Holds the function for a call; false once it is unloaded.</summary>
    public bool TryUse()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>Ends a use; the last one lets the code go.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Module.Dispose();
        }
    }

    /// <summary>Counts calls that ended.</summary>
    public void Count(int calls, TimeSpan time)
    {
        Interlocked.Add(ref _calls, calls);
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    /// <summary>The function as the protocol describes it.</summary>
    /// <param name="shared">Whether another session owns it.</param>
    public FunctionInfo ToInfo(bool shared = false) =>
        new()
        {
            Name = Name,
            FunctionId = Id,
            Signature = Layout.Signature,
            Target = Target,
            Hash = ByteString.CopyFrom(Convert.FromHexString(Module.Hash)),
            Calls = (ulong)Volatile.Read(ref _calls),
            CallNanoseconds = (ulong)(Volatile.Read(ref _ticks) * TimeSpan.NanosecondsPerTick),
            CompileNanoseconds = (ulong)(Module.Unit.CompileTime.Ticks * TimeSpan.NanosecondsPerTick),
            Source = source,
            Shared = shared,
        };
}
