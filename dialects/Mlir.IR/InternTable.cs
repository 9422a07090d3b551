namespace Mlir.IR;

/// <summary>A thread-safe set of canonical instances that keeps none of them alive.</summary>
/// <remarks>Equal candidates yield one instance, so that comparing interned objects is mostly a reference comparison.</remarks>
internal sealed class InternTable<T>
    where T : class
{
    private struct Entry
    {
        public int Hash;
        public int Next;
        public WeakReference<T>? Target;
    }

    private readonly Lock _lock = new();
    private int[] _buckets = NewBuckets(64);
    private Entry[] _entries = new Entry[64];
    private int _count;

    /// <summary>The instance equal to <paramref name="candidate"/> that came first, or the candidate itself.</summary>
    public T Intern(T candidate)
    {
        var hash = candidate.GetHashCode();
        lock (_lock)
        {
            for (var i = _buckets[hash & (_buckets.Length - 1)]; i >= 0; i = _entries[i].Next)
            {
                ref var entry = ref _entries[i];
                if (entry.Hash == hash && entry.Target!.TryGetTarget(out var known) && known.Equals(candidate))
                {
                    return known;
                }
            }

            if (_count == _entries.Length)
            {
                DropDeadAndResize();
            }

            Link(new Entry { Hash = hash, Target = new WeakReference<T>(candidate) });
            return candidate;
        }
    }

    private void Link(Entry entry)
    {
        ref var bucket = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        entry.Next = bucket;
        _entries[_count] = entry;
        bucket = _count++;
    }

    private void DropDeadAndResize()
    {
        var old = _entries;
        var alive = old.Count(e => e.Target!.TryGetTarget(out _));
        var size = 64;
        while (size < alive * 2)
        {
            size *= 2;
        }

        _buckets = NewBuckets(size);
        _entries = new Entry[size];
        _count = 0;
        foreach (var entry in old)
        {
            if (entry.Target!.TryGetTarget(out _))
            {
                Link(entry);
            }
        }
    }

    private static int[] NewBuckets(int size)
    {
        var buckets = new int[size];
        Array.Fill(buckets, -1);
        return buckets;
    }
}
