using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Sessions;

namespace Mlir.Remote.Server.Functions;

/// <summary>The explicit names under which sessions share functions and arrays with all others.</summary>
internal sealed class SharedNames
{
    private const int MaxNames = 100_000;

    private readonly ConcurrentDictionary<string, Entry> _names = new();

    /// <summary>Shares a function: whatever the owner defines under the name from now on.</summary>
    /// <exception cref="ProtocolException">Another session has the shared name.</exception>
    public void Share(Session owner, string function, string sharedName) =>
        Add(sharedName, new Entry(owner, function, null));

    /// <summary>Shares an array.</summary>
    /// <exception cref="ProtocolException">Another session has the shared name.</exception>
    public void Share(Session owner, ServedBuffer buffer, string sharedName)
    {
        Add(sharedName, new Entry(owner, null, buffer.Id));
        buffer.SharedName = sharedName;
    }

    /// <summary>Takes back what a session shared.</summary>
    /// <exception cref="ProtocolException">The session shares nothing under this name.</exception>
    public void Withdraw(Session owner, string sharedName)
    {
        if (
            !_names.TryGetValue(sharedName, out var entry)
            || entry.Owner != owner
            || !_names.TryRemove(KeyValuePair.Create(sharedName, entry))
        )
        {
            throw new ProtocolException(ErrorCode.NotFound, $"this session shares nothing as '{sharedName}'");
        }
    }

    /// <summary>The overloads that are shared under a name; empty if there are none.</summary>
    public ImmutableArray<ServedFunction> FindFunctions(string sharedName) =>
        Find(sharedName) is { Function: { } function } entry ? entry.Owner.Functions.Find(function) : [];

    /// <summary>The array that is shared under a name, with the session that owns it; null if there is none.</summary>
    public (Session Owner, ulong Id)? FindBuffer(string sharedName) =>
        Find(sharedName) is { Buffer: { } id } entry ? (entry.Owner, id) : null;

    /// <summary>The functions that sessions other than <paramref name="asker"/> share, with their shared names.</summary>
    public IEnumerable<(string SharedName, ServedFunction Function)> FunctionsFor(Session asker) =>
        from pair in _names
        where pair.Value.Function is not null && pair.Value.Owner != asker && !pair.Value.Owner.IsClosed
        orderby pair.Key
        from function in pair.Value.Owner.Functions.Find(pair.Value.Function!)
        select (pair.Key, function);

    /// <summary>The arrays that sessions other than <paramref name="asker"/> share.</summary>
    public IEnumerable<(string SharedName, Session Owner, ulong Id)> BuffersFor(Session asker) =>
        from pair in _names
        where pair.Value.Buffer is not null && pair.Value.Owner != asker && !pair.Value.Owner.IsClosed
        orderby pair.Key
        select (pair.Key, pair.Value.Owner, pair.Value.Buffer!.Value);

    /// <summary>Takes back whatever a session that ends shared.</summary>
    public void Forget(Session owner)
    {
        foreach (var pair in _names.Where(pair => pair.Value.Owner == owner))
        {
            _names.TryRemove(pair);
        }
    }

    private Entry? Find(string name)
    {
        if (!_names.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (entry.Owner.IsClosed)
        {
            _names.TryRemove(KeyValuePair.Create(name, entry));
            return null;
        }

        return entry;
    }

    private void Add(string name, Entry entry)
    {
        FunctionTable.CheckName(name);
        if (name.Length == 0)
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, "what is shared needs a name");
        }

        if (_names.Count >= MaxNames)
        {
            throw ProtocolException.Limit("max_shared_names", $"the server shares {MaxNames} names already");
        }

        var kept = _names.AddOrUpdate(
            name,
            entry,
            (_, old) => old.Owner == entry.Owner || old.Owner.IsClosed ? entry : old
        );
        if (kept != entry)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                $"another session shares something as '{name}': choose another name"
            );
        }
    }

    private sealed record Entry(Session Owner, string? Function, ulong? Buffer);
}
