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
        public int Position;
        public Value? Value;

        // The results of a group after the first.
        public Dictionary<int, Slot>? Others;
    }

    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;

    // The level of a name that is used and not defined yet.
    private const int NoLevel = -2;

    private readonly List<int> _levels = [];
    private int[] _buckets = NewBuckets(16);

    // Chunks, so that growing copies nothing and no array grows large.
    private Entry[][] _chunks = [new Entry[16]];
    private int _count;
    private int _free = -1;

    private ref Entry At(int index) => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    public void PushLevel() => _levels.Add(-1);

    /// <summary>Forgets the names that were defined since the matching <see cref="PushLevel"/>.</summary>
    public void PopLevel()
    {
        var head = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        while (head >= 0)
        {
            var next = At(head).NextInLevel;
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

        ref var entry = ref At(index);
        first = entry.Value;
        return SlotOf(in entry, number);
    }

    /// <summary>Keeps a placeholder for a value that is used before it is defined.</summary>
    public void AddForward(int start, int length, int number, ForwardValue value)
    {
        var index = GetOrAdd(start, length);
        Store(ref At(index), number, new Slot(value, value.Position));
    }

    /// <summary>Defines a value in the innermost region.</summary>
    /// <returns>False when the name is taken by a definition, which is then in <paramref name="earlier"/>; a placeholder there gives way.</returns>
    public bool Define(int start, int length, int number, Value value, out Slot earlier)
    {
        var index = GetOrAdd(start, length);
        ref var entry = ref At(index);
        earlier = SlotOf(in entry, number);
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

    private static Slot SlotOf(in Entry entry, int number) =>
        number == 0 ? new Slot(entry.Value, entry.Position) : entry.Others?.GetValueOrDefault(number) ?? default;

    private static void Store(ref Entry entry, int number, Slot slot)
    {
        if (number == 0)
        {
            (entry.Value, entry.Position) = (slot.Value, slot.Position);
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
            _free = At(index).NextInBucket;
        }
        else
        {
            AddRoom();
            index = _count++;
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        At(index) = new Entry
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
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i >= 0; i = At(i).NextInBucket)
        {
            ref var entry = ref At(i);
            if (entry.Hash == hash && text.AsSpan(entry.Start, entry.Length).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    private void Remove(int index)
    {
        ref var entry = ref At(index);
        ref var link = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref At(link).NextInBucket;
        }

        link = entry.NextInBucket;
        entry = new Entry { NextInBucket = _free };
        _free = index;
    }

    /// <summary>Called when no entry is free: makes room for one, and for as many buckets as there are entries.</summary>
    private void AddRoom()
    {
        var last = _chunks.Length - 1;
        if (_count < (last << ChunkBits) + _chunks[last].Length)
        {
            return;
        }

        if (_chunks[last].Length < ChunkSize)
        {
            Array.Resize(ref _chunks[last], _chunks[last].Length * 4);
        }
        else
        {
            Array.Resize(ref _chunks, _chunks.Length + 1);
            _chunks[^1] = new Entry[ChunkSize];
        }

        if (_count < _buckets.Length)
        {
            return;
        }

        _buckets = NewBuckets(_buckets.Length * 4);
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[At(i).Hash & (_buckets.Length - 1)];
            At(i).NextInBucket = bucket;
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
