using System.Collections.Immutable;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Functions;

/// <summary>The functions of one session, by number and by name. Numbers are never used again.</summary>
/// <param name="limits">What the session may use.</param>
internal sealed class FunctionTable(RemoteLimits limits) : IDisposable
{
    private const int MaxNameLength = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, ServedFunction> _byId = [];
    private readonly Dictionary<string, ImmutableArray<ServedFunction>> _byName = [];
    private ulong _lastId;
    private bool _disposed;

    /// <summary>The functions, in the order of their definition.</summary>
    public ServedFunction[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byId.Values.OrderBy(static f => f.Id)];
            }
        }
    }

    /// <summary>Checks a name.</summary>
    /// <exception cref="ProtocolException">It is too long, or holds what does not belong into a name.</exception>
    public static void CheckName(string name)
    {
        if (name.Length > MaxNameLength || name.Any(static c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            throw new ProtocolException(
                ErrorCode.InvalidRequest,
                $"a name has at most {MaxNameLength} characters and no control characters"
            );
        }
    }

    /// <summary>A number for a new function.</summary>
    public ulong NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Adds functions. Those that had the name before are gone in the same moment.</summary>
    /// <param name="name">Their name; empty for none.</param>
    /// <param name="functions">The functions.</param>
    /// <exception cref="ProtocolException">There would be too many; the functions are let go.</exception>
    public void Define(string name, ImmutableArray<ServedFunction> functions)
    {
        ImmutableArray<ServedFunction> old = [];
        lock (_gate)
        {
            if (_disposed || _byId.Count + functions.Length > limits.MaxFunctions)
            {
                foreach (var function in functions)
                {
                    function.Leave();
                }

                throw _disposed
                    ? new ProtocolException(ErrorCode.SessionLost, "the session has ended")
                    : ProtocolException.Limit(
                        "max_functions",
                        $"the session has {_byId.Count} functions; {functions.Length} more are over max_functions, {limits.MaxFunctions}: unload some"
                    );
            }

            foreach (var function in functions)
            {
                _byId.Add(function.Id, function);
            }

            if (name.Length > 0)
            {
                old = _byName.GetValueOrDefault(name, []);
                _byName[name] = functions;
                foreach (var function in old)
                {
                    _byId.Remove(function.Id);
                }
            }
        }

        foreach (var function in old)
        {
            function.Leave();
        }
    }

    /// <summary>The function of a number, held for a call.</summary>
    /// <exception cref="ProtocolException">There is none in this session.</exception>
    public ServedFunction Use(ulong id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var function) && function.TryUse()
                ? function
                : throw new ProtocolException(
                    ErrorCode.NotFound,
                    $"this session has no function {id}; it was never there, has been unloaded, or was defined anew"
                );
        }
    }

    /// <summary>The overloads of a name; empty if there are none.</summary>
    public ImmutableArray<ServedFunction> Find(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name, []);
        }
    }

    /// <summary>Removes all overloads of a name.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            return Remove(_byName.GetValueOrDefault(name, []));
        }
    }

    /// <summary>Removes functions by their numbers; those that are not there are ignored.</summary>
    public void Remove(IEnumerable<ulong> ids)
    {
        lock (_gate)
        {
            Remove([.. ids.Select(id => _byId.GetValueOrDefault(id)).OfType<ServedFunction>()]);
        }
    }

    /// <summary>Lets every function go.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Remove([.. _byId.Values]);
        }
    }

    private bool Remove(ImmutableArray<ServedFunction> functions)
    {
        foreach (var function in functions)
        {
            if (_byId.Remove(function.Id))
            {
                function.Leave();
            }

            if (function.Name.Length > 0 && _byName.TryGetValue(function.Name, out var overloads))
            {
                overloads = overloads.Remove(function);
                if (overloads.IsEmpty)
                {
                    _byName.Remove(function.Name);
                }
                else
                {
                    _byName[function.Name] = overloads;
                }
            }
        }

        return !functions.IsEmpty;
    }
}
