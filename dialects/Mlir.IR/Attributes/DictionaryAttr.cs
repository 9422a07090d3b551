using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>Attributes by name, sorted by name: <c>{a = 1 : i32, b}</c>.</summary>
public sealed record DictionaryAttr : IrAttribute
{
    private DictionaryAttr(EquatableArray<NamedAttribute> items) => Items = items;

    /// <summary>The dictionary without entries.</summary>
    public static DictionaryAttr Empty { get; } = new([]);

    /// <summary>The entries, sorted by name.</summary>
    public EquatableArray<NamedAttribute> Items { get; }

    /// <summary>The attribute under <paramref name="name"/>, or null.</summary>
    public IrAttribute? this[string name]
    {
        get
        {
            foreach (var item in Items)
            {
                if (item.Name == name)
                {
                    return item.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The dictionary of <paramref name="items"/>; of two with one name the later counts.</summary>
    public static DictionaryAttr Get(params ReadOnlySpan<NamedAttribute> items)
    {
        if (items.IsEmpty)
        {
            return Empty;
        }

        var sorted = new SortedDictionary<string, IrAttribute>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            sorted[item.Name] = item.Value;
        }

        return Intern(new DictionaryAttr(EquatableArray.From(sorted.Select(p => new NamedAttribute(p.Key, p.Value)))));
    }

    /// <summary>This dictionary with <paramref name="name"/> set to <paramref name="value"/>, or removed when that is null.</summary>
    public DictionaryAttr With(string name, IrAttribute? value)
    {
        var items = new List<NamedAttribute>(Items.Count + 1);
        foreach (var item in Items)
        {
            if (item.Name != name)
            {
                items.Add(item);
            }
        }

        if (value is not null)
        {
            items.Add(new NamedAttribute(name, value));
        }

        return Get([.. items]);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteDictionary(Items.Span);
}
