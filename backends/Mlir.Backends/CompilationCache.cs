using System.Collections.Concurrent;

namespace Mlir.Backends;

/// <summary>
/// Remembers what was compiled for as long as somebody uses it. Threads that ask for the same key at once wait for one
/// compilation; a failed one is not remembered; a value that nobody holds any more may be collected.
/// </summary>
/// <typeparam name="TKey">What identifies a compilation: module, backend, options.</typeparam>
/// <typeparam name="TValue">What came of it.</typeparam>
public sealed class CompilationCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private const int SmallestSweep = 64;

    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private int sweepAt = SmallestSweep;

    /// <summary>The number of keys that are remembered, those of collected values included until the next sweep.</summary>
    public int Count => entries.Count;

    /// <summary>Gives the value for a key, compiling it unless it is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="compile">Makes the value; called once even if several threads ask.</param>
    /// <param name="isUsable">Whether a value that is there still serves; null where all do. One that does not is replaced.</param>
    /// <returns>The value that every other caller with an equal key gets while it lives.</returns>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> compile, Func<TValue, bool>? isUsable = null)
    {
        ArgumentNullException.ThrowIfNull(compile);
        while (true)
        {
            var entry = entries.GetOrAdd(key, static _ => new Entry());
            lock (entry.Gate)
            {
                if (entry.Removed)
                {
                    continue; // a sweep took the entry out between the two lines above
                }

                if (entry.Value.TryGetTarget(out var known) && isUsable?.Invoke(known) != false)
                {
                    return known;
                }

                var value = compile(key);
                entry.Value.SetTarget(value);
                SweepIfDue();
                return value;
            }
        }
    }

    /// <summary>Looks a key up without compiling, and without waiting for another thread's compilation of it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or null.</returns>
    public TValue? Find(TKey key) =>
        entries.TryGetValue(key, out var entry) && entry.Value.TryGetTarget(out var known) ? known : null;

    /// <summary>Forgets everything; values in use go on living.</summary>
    public void Clear()
    {
        foreach (var (key, entry) in entries)
        {
            lock (entry.Gate)
            {
                entry.Removed = true;
                entries.TryRemove(KeyValuePair.Create(key, entry));
            }
        }
    }

    /// <summary>Drops the keys of collected values whenever the table has doubled, so that its size follows what lives.</summary>
    private void SweepIfDue()
    {
        if (entries.Count < Volatile.Read(ref sweepAt))
        {
            return;
        }

        foreach (var (key, entry) in entries)
        {
            // An entry that is being compiled is locked and alive; skipping it also rules out a deadlock of two sweeps.
            if (entry.Gate.TryEnter())
            {
                try
                {
                    if (!entry.Value.TryGetTarget(out _))
                    {
                        entry.Removed = true;
                        entries.TryRemove(KeyValuePair.Create(key, entry));
                    }
                }
                finally
                {
                    entry.Gate.Exit();
                }
            }
        }

        Volatile.Write(ref sweepAt, Math.Max(SmallestSweep, entries.Count * 2));
    }

    private sealed class Entry
    {
        public Lock Gate { get; } = new();

        public WeakReference<TValue> Value { get; } = new(null!);

        public bool Removed { get; set; }
    }
}
