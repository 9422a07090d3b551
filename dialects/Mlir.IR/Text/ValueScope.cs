namespace Mlir.IR.Text;

/// <summary>The values that are visible by name between an isolated operation and the token at hand.</summary>
/// <remarks>A hash table over ranges of the text, so that no string is made for a name; the names of a region leave it when the region ends.</remarks>
internal sealed class ValueScope(string text)
{
    /// <summary>A value and where it was defined, or first used while only its uses are known.</summary>
    public readonly record struct Slot(Value? Value, int Position);

    private struct Entry
    {
        public int Hash;
        public int NextInBucket;
        public int NextInLevel;
        public int Start;
        public int Length;
        public Slot First;
        public Dictionary<int, Slot>? Others;
    }

    // The level of a name that is used and not defined yet.
    private const int NoLevel = -2;

    private readonly List<int> _levels = [];
    private int[] _buckets = NewBuckets(64);
    private Entry[] _entries = new Entry[64];
    private int _count;
    private int _free = -1;

    public void PushLevel() => _levels.Add(-1);

    /// <summary>Forgets the names that were defined since the matching <see cref="PushLevel"/>.</summary>
    public void PopLevel()
    {
        var head = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        while (head >= 0)
        {
            var next = _entries[head].NextInLevel;
            Remove(head);
            head = next;
        }
    }

    /// <summary>The value number <paramref name="number"/> under <paramref name="name"/>.</summary>
    public Slot Find(ReadOnlySpan<char> name, int number, out Value? first)
    {
        var index = IndexOf(name, string.GetHashCode(name));
        if (index < 0)
        {
            first = null;
            return default;
        }

        ref var entry = ref _entries[index];
        first = entry.First.Value;
        return number == 0 ? entry.First : entry.Others?.GetValueOrDefault(number) ?? default;
    }

    /// <summary>Keeps a placeholder for a value that is used before it is defined.</summary>
    public void AddForward(int start, int length, int number, ForwardValue value)
    {
        var index = GetOrAdd(start, length);
        Store(ref _entries[index], number, new Slot(value, value.Position));
    }

    /// <summary>Defines a value in the innermost region.</summary>
    /// <returns>False when the name is taken by a definition, which is then in <paramref name="earlier"/>; a placeholder there gives way.</returns>
    public bool Define(int start, int length, int number, Value value, out Slot earlier)
    {
        var index = GetOrAdd(start, length);
        ref var entry = ref _entries[index];
        earlier = number == 0 ? entry.First : entry.Others?.GetValueOrDefault(number) ?? default;
        if (earlier.Value is not (null or ForwardValue))
        {
            return false;
        }

        Store(ref entry, number, new Slot(value, start));
        if (entry.NextInLevel == NoLevel)
        {
            entry.NextInLevel = _levels[^1];
            _levels[^1] = index;
        }

        return true;
    }

    private static void Store(ref Entry entry, int number, Slot slot)
    {
        if (number == 0)
        {
            entry.First = slot;
        }
        else
        {
            (entry.Others ??= [])[number] = slot;
        }
    }

    private int GetOrAdd(int start, int length)
    {
        var name = text.AsSpan(start, length);
        var hash = string.GetHashCode(name);
        var index = IndexOf(name, hash);
        if (index >= 0)
        {
            return index;
        }

        if (_free >= 0)
        {
            index = _free;
            _free = _entries[index].NextInBucket;
        }
        else
        {
            if (_count == _entries.Length)
            {
                Resize();
            }

            index = _count++;
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[index] = new Entry
        {
            Hash = hash,
            NextInBucket = bucket,
            NextInLevel = NoLevel,
            Start = start,
            Length = length,
        };
        bucket = index;
        return index;
    }

    private int IndexOf(ReadOnlySpan<char> name, int hash)
    {
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i >= 0; i = _entries[i].NextInBucket)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && text.AsSpan(entry.Start, entry.Length).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    private void Remove(int index)
    {
        ref var entry = ref _entries[index];
        ref var link = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref _entries[link].NextInBucket;
        }

        link = entry.NextInBucket;
        entry = new Entry { NextInBucket = _free };
        _free = index;
    }

    // Called when no entry is free: all of them are linked again.
    private void Resize()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = NewBuckets(_entries.Length);
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i].NextInBucket = bucket;
            bucket = i;
        }
    }

    private static int[] NewBuckets(int size)
    {
        var buckets = new int[size];
        Array.Fill(buckets, -1);
        return buckets;
    }
}
