using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>An immutable list that compares by content: what the incremental driver needs to see that nothing changed.</summary>
internal readonly struct Items<T> : IReadOnlyList<T>, IEquatable<Items<T>>
{
    private readonly T[]? _items;

    public Items(IEnumerable<T> items) => _items = items.ToArray();

    public static Items<T> Empty => default;

    public int Count => _items?.Length ?? 0;

    public T this[int index] => _items![index];

    public bool Equals(Items<T> other) => ReferenceEquals(_items, other._items) || this.SequenceEqual(other);

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in this)
        {
            hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        }

        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="Items{T}"/> at the end of a query.</summary>
internal static class ItemsExtensions
{
    public static Items<T> ToItems<T>(this IEnumerable<T> source) => new(source);
}
