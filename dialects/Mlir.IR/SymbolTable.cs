namespace Mlir.IR;

/// <summary>Looks up symbols inside one symbol-table operation; built once and kept up to date by its own methods.</summary>
public sealed class SymbolTable
{
    private readonly Dictionary<string, Operation> _symbols = new(StringComparer.Ordinal);
    private int _counter;

    /// <summary>The table of the symbols directly inside <paramref name="op"/>.</summary>
    public SymbolTable(Operation op)
    {
        Op = op;
        foreach (var block in op.Regions[0].Blocks)
        {
            foreach (var child in block.Operations)
            {
                if (child is ISymbol { SymbolName: { } name })
                {
                    _symbols.TryAdd(name, child);
                }
            }
        }
    }

    /// <summary>The operation whose symbols these are.</summary>
    public Operation Op { get; }

    /// <summary>The operation with the symbol <paramref name="name"/>, or null.</summary>
    public Operation? Lookup(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>The operation that <paramref name="reference"/> means, or null.</summary>
    public Operation? Lookup(SymbolRefAttr reference)
    {
        var op = Lookup(reference.Root);
        for (var i = 1; i < reference.Path.Count && op is not null; i++)
        {
            op = op is ISymbolTable ? new SymbolTable(op).Lookup(reference.Path[i]) : null;
        }

        return op;
    }

    /// <summary>The operation that <paramref name="reference"/> means, seen from <paramref name="from"/>: the nearest table that knows it.</summary>
    public static Operation? LookupNearest(Operation from, SymbolRefAttr reference)
    {
        for (var op = from; op is not null; op = op.ParentOp)
        {
            if (op is ISymbolTable && new SymbolTable(op).Lookup(reference) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A name that starts with <paramref name="prefix"/> and is not taken.</summary>
    public string Unique(string prefix)
    {
        var name = prefix;
        while (_symbols.ContainsKey(name))
        {
            name = $"{prefix}_{_counter++}";
        }

        return name;
    }

    /// <summary>Appends <paramref name="symbol"/> to the operation's block and knows it from now on.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public T Insert<T>(T symbol, Operation? before = null)
        where T : Operation, ISymbol
    {
        if (symbol.SymbolName is { } name && !_symbols.TryAdd(name, symbol))
        {
            throw new ArgumentException($"the symbol @{name} is taken");
        }

        Op.Regions[0].Single.Insert(symbol, before);
        return symbol;
    }
}
