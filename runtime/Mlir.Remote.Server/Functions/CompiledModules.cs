using System.Security.Cryptography;
using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Telemetry;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Functions;

/// <summary>
/// Compiled code of the whole server, by the hash of the module's text: what one client had compiled costs the next one nothing. Code that nobody
/// uses is kept for a while, up to a limit.
/// </summary>
/// <param name="pool">Compiles.</param>
/// <param name="limits">What a module may be, and how much unused code is kept.</param>
/// <param name="metrics">Counts.</param>
internal sealed class CompiledModules(WorkerPool pool, RemoteLimits limits, ServerMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Hash, string Target), Entry> _entries = [];
    private readonly LinkedList<Entry> _idle = [];

    /// <summary>The modules that are held, used or not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Compiles a module, or finds it.</summary>
    /// <param name="overload">The module's text, its hash, or both.</param>
    /// <param name="target">The target.</param>
    /// <param name="owner">The session that asks.</param>
    /// <param name="cancel">Ends the wait; a compilation that others may wait for goes on.</param>
    /// <returns>The code, of which the caller holds a share until it disposes it.</returns>
    /// <exception cref="ProtocolException">The module cannot be compiled, or is not there.</exception>
    public async Task<CompiledModule> AcquireAsync(
        Overload overload,
        string target,
        object owner,
        CancellationToken cancel
    )
    {
        if (overload.Module.Length > limits.MaxModuleBytes)
        {
            throw ProtocolException.Limit(
                "max_module_bytes",
                $"a module of {overload.Module.Length} bytes is larger than max_module_bytes, {limits.MaxModuleBytes}"
            );
        }

        var hash = HashOf(overload);
        Entry entry;
        bool known;
        lock (_gate)
        {
            known = _entries.TryGetValue((hash, target), out entry!);
            if (!known)
            {
                if (overload.Module.IsEmpty)
                {
                    throw Needed(hash);
                }

                entry = new Entry((hash, target), overload.Module);
                _entries.Add(entry.Key, entry);
                entry.Unit = pool.CompileAsync(
                    overload.Module.Memory,
                    target,
                    new CompileLimits(limits.MaxCompileTime),
                    CancellationToken.None,
                    owner
                );
            }

            Use(entry);
        }

        try
        {
            var unit = await entry.Unit!.WaitAsync(cancel).ConfigureAwait(false);
            metrics.Compiled(known ? null : unit.CompileTime);
            return new CompiledModule(this, entry, unit, known);
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                // What failed is forgotten: the reason may be gone next time.
                if (entry.Unit is { IsFaulted: true } or { IsCanceled: true })
                {
                    _entries.Remove(entry.Key);
                    entry.References--;
                }
                else
                {
                    Leave(entry);
                }
            }

            if (error is ProtocolException { Error.Code: not ErrorCode.Cancelled })
            {
                metrics.CompileFailed();
            }

            throw;
        }
    }

    private static string HashOf(Overload overload)
    {
        if (overload.Module.IsEmpty)
        {
            return overload.Hash.Length == SHA256.HashSizeInBytes
                ? Convert.ToHexStringLower(overload.Hash.Span)
                : throw new ProtocolException(
                    ErrorCode.InvalidRequest,
                    "an overload needs its module's text, or its SHA-256 of 32 bytes"
                );
        }

        var digest = SHA256.HashData(overload.Module.Span);
        return overload.Hash.IsEmpty || overload.Hash.Span.SequenceEqual(digest)
            ? Convert.ToHexStringLower(digest)
            : throw new ProtocolException(
                ErrorCode.InvalidRequest,
                "the hash is not that of the module's text: it was damaged on the way, or hashed in another form"
            );
    }

    private static ProtocolException Needed(string hash) =>
        new(
            new Error
            {
                Code = ErrorCode.ModuleNeeded,
                Message = $"the server does not have the module {hash} (any more): send its text",
                Candidates = { hash },
            }
        );

    private void Use(Entry entry)
    {
        entry.References++;
        if (entry.Idle is { } node)
        {
            _idle.Remove(node);
            entry.Idle = null;
        }
    }

    private void Leave(Entry entry)
    {
        if (--entry.References > 0)
        {
            return;
        }

        entry.Idle = _idle.AddLast(entry);
        while (_idle.Count > limits.MaxCachedModules)
        {
            var oldest = _idle.First!.Value;
            _idle.RemoveFirst();
            _entries.Remove(oldest.Key);
            if (oldest.Unit is { IsCompletedSuccessfully: true } unit)
            {
                pool.Forget(unit.Result);
            }
        }
    }

    /// <summary>One module and who uses it.</summary>
    internal sealed class Entry((string Hash, string Target) key, ByteString text)
    {
        public (string Hash, string Target) Key { get; } = key;

        public ByteString Text { get; } = text;

        public Task<CompiledUnit>? Unit { get; set; }

        public int References { get; set; }

        public LinkedListNode<Entry>? Idle { get; set; }
    }

    /// <summary>A share of compiled code.</summary>
    internal sealed class CompiledModule(CompiledModules owner, Entry entry, CompiledUnit unit, bool wasKnown)
        : IDisposable
    {
        private int _disposed;

        /// <summary>The code.</summary>
        public CompiledUnit Unit { get; } = unit;

        /// <summary>The text that it was compiled from.</summary>
        public ByteString Text => entry.Text;

        /// <summary>SHA-256 of the text, in hexadecimal.</summary>
        public string Hash => entry.Key.Hash;

        /// <summary>Whether the code was there before it was asked for.</summary>
        public bool WasKnown { get; } = wasKnown;

        /// <summary>Gives the share back.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                lock (owner._gate)
                {
                    owner.Leave(entry);
                }
            }
        }
    }
}
