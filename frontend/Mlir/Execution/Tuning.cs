using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Mlir.Backends;
using Mlir.Backends.Storage;
using Mlir.Frontend.Expressions;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>
/// Which of a backend's variants runs one version of a kernel, for each power of two of elements: measured on the arguments of the first such
/// call, or remembered from an earlier process.
/// </summary>
/// <param name="version">The version, whose own code is the first candidate.</param>
/// <param name="compiler">What compiles the variants.</param>
/// <param name="backend">The backend, which has variants.</param>
/// <param name="options">Whether and where answers are kept.</param>
internal sealed unsafe class Tuning(KernelVersion version, Compiler compiler, Backend backend, JitOptions options)
{
    private const string AsCompiled = "as compiled";
    private const int MaxRounds = 9;
    private const int MaxRepeats = 1000;

    /// <summary>A variant must be faster by more than what two runs of the same code differ by.</summary>
    private const double Margin = 0.97;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Sample = TimeSpan.FromMicroseconds(20);

    /// <summary>Code that runs for so long is not run several times more to save some of it.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromMilliseconds(250);

    private readonly ImmutableArray<BackendVariant> _variants = backend.Variants;
    private readonly NativeFunction?[] _compiled = new NativeFunction?[backend.Variants.Length];
    private readonly NativeFunction?[] _chosen = new NativeFunction?[64];
    private readonly Lock _gate = new();
    private volatile ImmutableList<TunedChoice> _choices = [];
    private string? _key;

    /// <summary>What was chosen so far.</summary>
    public IReadOnlyList<TunedChoice> Choices => _choices;

    private CodeStore? Store => options.UseCache && backend.Code is not null ? options.Store : null;

    /// <summary>The code for a call whose arguments are all passed.</summary>
    public NativeFunction Choose(KernelCall call)
    {
        var sizeClass = BitOperations.Log2((ulong)call.ElementCount);
        return Volatile.Read(ref _chosen[sizeClass]) ?? Decide(call, sizeClass);
    }

    private NativeFunction Decide(KernelCall call, int sizeClass)
    {
        // Nothing is compared with code that will be replaced, and no call waits for another one's measurement.
        if (!version.Optimized.IsCompletedSuccessfully || !_gate.TryEnter())
        {
            return version.Native!;
        }

        try
        {
            if (_chosen[sizeClass] is { } known)
            {
                return known;
            }

            var key = KeyOf(sizeClass);
            var kept = Store is { } from ? Recall(StoredChoice.Find(from, key)) : null;
            if ((kept ?? Measure(call)) is not { } index)
            {
                return version.Native!;
            }

            var choice = index < 0 ? AsCompiled : _variants[index].Name;
            if (kept is null && Store is { } to)
            {
                StoredChoice.Keep(to, key, choice);
            }

            var code = CodeOf(index)!;
            _choices = _choices.Add(new TunedChoice(1L << sizeClass, choice, kept is null));
            Volatile.Write(ref _chosen[sizeClass], code);
            return code;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>What a kept name stands for; null for a name that stands for nothing here.</summary>
    private int? Recall(string? choice)
    {
        if (choice == AsCompiled)
        {
            return -1;
        }

        for (var i = 0; i < _variants.Length; i++)
        {
            if (_variants[i].Name == choice)
            {
                return CodeOf(i) is null ? null : i;
            }
        }

        return null;
    }

    /// <summary>The fastest variant, -1 for the version's own code; null when a run fails, which is for the call itself to report.</summary>
    private int? Measure(KernelCall call)
    {
        call.BeginRehearsal();
        try
        {
            // The first run faults pages in and fills caches.
            if (Time(call, version.Native!, 1) is null || Time(call, version.Native!, 1) is not { } once)
            {
                return null;
            }

            if (once > TooLong)
            {
                return -1;
            }

            var candidates = new List<(int Index, NativeFunction Code, List<TimeSpan> Times)>
            {
                (-1, version.Native!, []),
            };
            for (var i = 0; i < _variants.Length; i++)
            {
                if (CodeOf(i) is not { } code)
                {
                    continue;
                }

                if (Time(call, code, 1) is null)
                {
                    return null;
                }

                candidates.Add((i, code, []));
            }

            var repeats = (int)Math.Clamp(Sample / TimeSpan.FromTicks(Math.Max(1, once.Ticks)), 1, MaxRepeats);
            var start = Stopwatch.GetTimestamp();
            for (var round = 0; round < MaxRounds && (round == 0 || Stopwatch.GetElapsedTime(start) < Budget); round++)
            {
                for (var i = 0; i < candidates.Count; i++)
                {
                    // Each round begins with another one: none always runs in the wake of the same.
                    var (_, code, times) = candidates[(i + round) % candidates.Count];
                    if (Time(call, code, repeats) is not { } time)
                    {
                        return null;
                    }

                    times.Add(time);
                }
            }

            var best = candidates.MinBy(static c => Median(c.Times));
            return Median(best.Times) < Median(candidates[0].Times) * Margin ? best.Index : -1;
        }
        finally
        {
            call.EndRehearsal();
        }
    }

    private static TimeSpan? Time(KernelCall call, NativeFunction code, int repeats)
    {
        var entry = (delegate* unmanaged<void*, void*, void>)code.Packed;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            if (!call.Rehearse(entry))
            {
                return null;
            }
        }

        var time = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(code);
        return time;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt((times.Count - 1) / 2);

    /// <summary>A variant's code, compiled when it is first asked for; null when there is none.</summary>
    private NativeFunction? CodeOf(int index)
    {
        if (index < 0)
        {
            return version.Native;
        }

        try
        {
            return _compiled[index] ??= KernelCode
                .CompileFully(version.Imported.Module, compiler, _variants[index].Of(backend), options)
                .FindNative(ImportedKernel.EntryPoint);
        }
        catch (Exception)
        {
            return null; // whatever it is: there is code that works
        }
    }

    private CompilationKey KeyOf(int sizeClass) =>
        CompilationKey.Of(
            _key ??= Compiler.StoredKeyOf(version.Imported.Module, backend).ToString(),
            "autotune",
            string.Join(';', _variants.Select(static v => v.Name)),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} {sizeClass}")
        );
}
