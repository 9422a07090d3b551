using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote.Functions;

/// <summary>The overloads of a name between two definitions. Never changes, so that a call sees one meaning of the name.</summary>
/// <remarks>The overloads of a template are sent one by one, when they are called first; those of other functions together, under the name.</remarks>
internal sealed class FunctionSet : FunctionSource
{
    private const int MostPlans = 32;

    private readonly FunctionEntry _entry;
    private readonly FunctionOverload[] _overloads;
    private readonly Lazy<LambdaCode>[] _codes;
    private readonly bool _isTemplate;
    private readonly long _tableVersion;
    private volatile Plan[] _plans = [];

    /// <summary>Takes the overloads as they are now.</summary>
    public FunctionSet(FunctionEntry entry, FunctionOverload[] overloads, bool isTemplate)
        : base(entry.Table.Session)
    {
        (_entry, _overloads, _isTemplate) = (entry, overloads, isTemplate);
        _tableVersion = entry.Table.Version;
        _codes = Array.ConvertAll(
            overloads,
            overload => new Lazy<LambdaCode>(() => new LambdaCode(overload.Lambda, overload.Site, entry.Table.Resolve))
        );
    }

    private sealed record Plan(Type[] Types, string?[] Names, ChosenOverload Chosen);

    /// <summary>Whether a function that an overload calls has been defined anew.</summary>
    public bool IsOutdated =>
        _entry.Table.Version != _tableVersion && _codes.Any(code => code.IsValueCreated && code.Value.CallsFunctions);

    /// <summary>Chooses the overload and converts the arguments.</summary>
    /// <exception cref="ProtocolException">No overload fits, or several do equally well.</exception>
    public LambdaCall Prepare(ReadOnlySpan<object?> arguments, bool keepResults)
    {
        var chosen = Choose(arguments);
        var overload = _overloads[chosen.Index];
        var code = _codes[chosen.Index].Value;
        var leaves = new object[code.Arguments.Length];
        for (var i = 0; i < overload.Layouts.Length; i++)
        {
            var value = chosen.Arguments[i] < 0 ? overload.Default(i) : ValueOf(arguments[chosen.Arguments[i]]);
            ArgumentLeaves.Read(code.Variables[i], value, leaves);
        }

        ArgumentLeaves.ReadCaptured(code, leaves);
        return new LambdaCall(this, code, leaves) { KeepResults = keepResults };
    }

    /// <inheritdoc/>
    public override ulong TryGetId(SessionEpoch epoch, CompiledVersion version) =>
        Definitions.TryGet(epoch, this) is { } ids && IndexOf(version) is >= 0 and var index
            ? ids[index]
            : base.TryGetId(epoch, version);

    /// <inheritdoc/>
    public override async Task<ulong> DefineAsync(
        RemoteSession.Link link,
        CompiledVersion version,
        CancellationToken cancellationToken
    )
    {
        if (TryGetId(link.Epoch, version) is not 0 and var id)
        {
            return id;
        }

        if (!_isTemplate && IndexOf(version) is >= 0 and var index)
        {
            if (await DefineNameAsync(link, cancellationToken).ConfigureAwait(false) is { } ids)
            {
                return ids[index];
            }
        }

        return await base.DefineAsync(link, version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends all overloads under the name, unless the name means something else by now.</summary>
    public async Task<ulong[]?> DefineNameAsync(RemoteSession.Link link, CancellationToken cancellationToken)
    {
        if (Definitions.TryGet(link.Epoch, this) is { } known)
        {
            return known;
        }

        await _entry.Sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_entry.IsCurrent(this))
            {
                return null;
            }

            link.Epoch.Names[_entry.Name] = true;
            return await Definitions.DefineAsync(link, this, Request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _entry.Sending.Release();
        }
    }

    /// <inheritdoc/>
    public override void Invalidate(SessionEpoch epoch, CompiledVersion version)
    {
        epoch.Functions.TryRemove(this, out _);
        base.Invalidate(epoch, version);
    }

    /// <summary>Forgets what was sent without the name, and that the name was sent.</summary>
    public void Forget()
    {
        if (Session.Current is not { } link)
        {
            return;
        }

        link.Epoch.Functions.TryRemove(this, out _);
        foreach (var code in _codes.Where(code => code.IsValueCreated))
        {
            foreach (var version in code.Value.Versions)
            {
                Definitions.Unload(link, version);
            }
        }
    }

    private static object? ValueOf(object? argument) => argument is NamedArgument named ? named.Value : argument;

    private int IndexOf(CompiledVersion version)
    {
        for (var i = 0; i < _codes.Length; i++)
        {
            if (_codes[i].IsValueCreated && version.IsFlat && _codes[i].Value.Flat == version)
            {
                return i;
            }
        }

        return -1;
    }

    private DefineRequest Request()
    {
        var request = new DefineRequest { Name = _entry.Name, Target = Session.Options.Target ?? "" };
        for (var i = 0; i < _codes.Length; i++)
        {
            var overload = _codes[i].Value.Flat.Overload.Clone();
            var known = _overloads[i].Signature.Parameters;
            for (var p = 0; p < known.Count; p++)
            {
                overload.Signature.Parameters[p].DefaultValue = known[p].DefaultValue;
            }

            request.Overloads.Add(overload);
        }

        return request;
    }

    private ChosenOverload Choose(ReadOnlySpan<object?> arguments)
    {
        var types = new Type[arguments.Length];
        var names = new string?[arguments.Length];
        var cacheable = true;
        for (var i = 0; i < types.Length; i++)
        {
            names[i] = (arguments[i] as NamedArgument)?.Name;
            if (names[i] is null && i > 0 && names[i - 1] is not null)
            {
                throw new ArgumentException("arguments by position stand before those by name", nameof(arguments));
            }

            types[i] =
                ValueOf(arguments[i])?.GetType()
                ?? throw new ArgumentNullException(
                    names[i] ?? $"argument {i}",
                    $"an argument of {_entry.Name} is null"
                );
            cacheable &= types[i] != typeof(RemoteTensor); // whose type says nothing of its elements
        }

        foreach (var plan in _plans)
        {
            if (cacheable && plan.Types.AsSpan().SequenceEqual(types) && plan.Names.AsSpan().SequenceEqual(names))
            {
                return plan.Chosen;
            }
        }

        var chosen = OverloadResolution.Choose(
            _entry.Name,
            Array.ConvertAll(_overloads, overload => overload.Signature),
            ArgumentLeaves.TypesOf(arguments)
        );
        if (cacheable && _plans.Length < MostPlans)
        {
            _plans = [.. _plans, new Plan(types, names, chosen)];
        }

        return chosen;
    }
}
