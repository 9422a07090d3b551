using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Frontend;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote.Functions;

/// <summary>The functions of one client by name.</summary>
/// <param name="session">The session.</param>
internal sealed class FunctionTable(RemoteSession session)
{
    private readonly ConcurrentDictionary<string, FunctionEntry> _entries = new();
    private long _version;

    /// <summary>The session.</summary>
    public RemoteSession Session => session;

    /// <summary>Grows whenever a name gets another meaning, so that functions that call it are read again.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Gives a name a meaning, in the place of the one it had.</summary>
    public FunctionEntry Define(string name, FunctionOverload[] overloads, bool isTemplate)
    {
        for (var i = 0; i < overloads.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (OverloadResolution.SameParameters(overloads[i].Signature, overloads[j].Signature))
                {
                    throw new ArgumentException(
                        $"two overloads of '{name}' take the same: {overloads[j].CSharpText(name)} and {overloads[i].CSharpText(name)}",
                        nameof(overloads)
                    );
                }
            }
        }

        var entry = _entries.GetOrAdd(name, static (name, table) => new FunctionEntry(table, name), this);
        entry.Replace(overloads, isTemplate);
        Interlocked.Increment(ref _version);
        return entry;
    }

    /// <summary>Takes a name out.</summary>
    public void Remove(FunctionEntry entry)
    {
        _entries.TryRemove(new KeyValuePair<string, FunctionEntry>(entry.Name, entry));
        Interlocked.Increment(ref _version);
    }

    /// <summary>Finds the function that a lambda calls by name.</summary>
    public ResolvedFunction? Resolve(string name, ImmutableArray<Type> arguments, Type result)
    {
        if (!_entries.TryGetValue(name, out var entry) || entry.IsUnloaded)
        {
            return null;
        }

        var overloads = entry.Overloads;
        try
        {
            var chosen = OverloadResolution.Choose(
                name,
                [.. overloads.Select(WithoutDefaults)],
                [.. arguments.Select(type => new OverloadArgument(SignatureTypes.Of(TypeLayout.Of(type))))]
            );
            var overload = overloads[chosen.Index];
            return new ResolvedFunction(overload.Lambda, overload.Site);
        }
        catch (ProtocolException error)
        {
            throw RemoteErrors.ToException(error.Error);
        }
    }

    // A lambda's call passes every argument: defaults belong to the calls from outside.
    private static Signature WithoutDefaults(FunctionOverload overload)
    {
        var signature = overload.Signature.Clone();
        foreach (var parameter in signature.Parameters)
        {
            parameter.DefaultValue = null;
        }

        return signature;
    }
}
