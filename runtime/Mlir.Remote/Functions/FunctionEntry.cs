namespace Mlir.Remote.Functions;

/// <summary>A name of this client and what it means at the moment.</summary>
/// <param name="table">The client's names.</param>
/// <param name="name">The name.</param>
internal sealed class FunctionEntry(FunctionTable table, string name)
{
    private readonly Lock _gate = new();
    private FunctionOverload[] _overloads = [];
    private FunctionSet? _set;
    private bool _isTemplate;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The client's names.</summary>
    public FunctionTable Table => table;

    /// <summary>One definition at a time travels, so that the newest is the last to arrive.</summary>
    public SemaphoreSlim Sending { get; } = new(1, 1);

    /// <summary>Whether the name means nothing any more.</summary>
    public bool IsUnloaded { get; set; }

    /// <summary>The overloads.</summary>
    public IReadOnlyList<FunctionOverload> Overloads => Volatile.Read(ref _overloads);

    /// <summary>Gives the name another meaning.</summary>
    public void Replace(FunctionOverload[] overloads, bool isTemplate)
    {
        FunctionSet? old;
        lock (_gate)
        {
            (_overloads, _isTemplate, IsUnloaded) = (overloads, isTemplate, false);
            (old, _set) = (_set, null);
        }

        old?.Forget();
    }

    /// <summary>Lets an overload's parameter be left out.</summary>
    public void SetDefault(string parameter, object value)
    {
        FunctionSet? old;
        lock (_gate)
        {
            var found = false;
            var changed = _overloads.Select(overload => overload.WithDefault(parameter, value, ref found)).ToArray();
            if (!found)
            {
                throw new ArgumentException(
                    $"no overload of '{name}' has a parameter '{parameter}' that takes {value}: there are {string.Join(", ", _overloads.Select(o => o.CSharpText(name)))}",
                    nameof(parameter)
                );
            }

            _overloads = changed;
            (old, _set) = (_set, null);
        }

        old?.Forget();
    }

    /// <summary>What calls made now mean.</summary>
    public FunctionSet Current()
    {
        FunctionSet? old;
        lock (_gate)
        {
            if (IsUnloaded)
            {
                throw new RemoteException(
                    RemoteErrorKind.NotFound,
                    $"'{name}' was unloaded: define it again before calling it"
                );
            }

            if (_set is { } set && !set.IsOutdated)
            {
                return set;
            }

            old = _set;
            _set = new FunctionSet(this, _overloads, _isTemplate);
        }

        old?.Forget();
        return Current();
    }

    /// <summary>Whether the set is what calls made now mean.</summary>
    public bool IsCurrent(FunctionSet set)
    {
        lock (_gate)
        {
            return _set == set && !IsUnloaded;
        }
    }

    /// <summary>Drops the name's meaning.</summary>
    public FunctionSet? Unload()
    {
        lock (_gate)
        {
            IsUnloaded = true;
            var set = _set;
            _set = null;
            return set;
        }
    }
}
