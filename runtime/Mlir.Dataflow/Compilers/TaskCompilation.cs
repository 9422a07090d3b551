using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>
/// Has tasks compiled, and runs them one by one where a compiler fails in whatever way. Equal groups of tasks are compiled once. Thread-safe.
/// </summary>
/// <param name="compilers">The compilers by name, as they are when a task is compiled.</param>
internal sealed class TaskCompilation(IReadOnlyDictionary<string, ICompiler> compilers) : IDisposable
{
    private readonly ConcurrentDictionary<SubgraphKey, Lazy<Entry>> _subgraphs = new();
    private readonly ConcurrentDictionary<(TaskFunction Function, ICompiler Compiler), Lazy<Entry>> _algorithms = new();
    private readonly ConcurrentDictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<ICompiler, CompilerRuntime> _runtimes = new();
    private int _lastNumber;
    private int _compilations;
    private long _clock;

    /// <summary>How tasks are compiled.</summary>
    public CompilationOptions Options { get; set; } = CompilationOptions.Default;

    /// <summary>How often a compiler was asked to compile, failures included.</summary>
    public int Compilations => Volatile.Read(ref _compilations);

    /// <summary>Compiles a group of tasks, or finds it among those compiled before. A failure of the compiler is reported, never thrown.</summary>
    /// <param name="compiler">The compiler's name.</param>
    /// <param name="subgraph">The tasks.</param>
    /// <param name="inputs">The types of the arguments.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="report">Is told once if the tasks run one by one, now or when they run.</param>
    /// <returns>Runs the group; thread-safe. What it throws are the tasks' own exceptions.</returns>
    public Func<object?[], object?[]> Compile(
        string compiler,
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs,
        Action<FlowDiagnostic> report
    )
    {
        var uncompiled = new Lazy<UncompiledSubgraph>(() => new UncompiledSubgraph(subgraph, outputs));
        var reporter = new Reporter(compiler, subgraph, report);
        if (!compilers.TryGetValue(compiler, out var implementation))
        {
            reporter.Report(Missing(compiler), null);
            return arguments => uncompiled.Value.Run(arguments);
        }

        var key = SubgraphKey.Of(implementation, subgraph, inputs, outputs, NumberOf);
        var entry = Find(
            _subgraphs,
            key,
            () =>
                LiteralsOfOnlyTask(subgraph, outputs) is { } literals
                    ? implementation.CompileAlgorithm(subgraph.Tasks[0].Function, literals)
                    : implementation.CompileSubgraph(subgraph, inputs, outputs),
            implementation,
            subgraph.Tasks.Length
        );
        if (entry.Task is not { } task)
        {
            reporter.Report(entry.Failure!, entry.Cause);
            return arguments => uncompiled.Value.Run(arguments);
        }

        return arguments =>
        {
            try
            {
                return Checked(task.Invoke(arguments), outputs.Length);
            }
            catch (CompilationFailedException e)
            {
                reporter.Report(e.Message, e);
                return uncompiled.Value.Run(arguments);
            }
        };
    }

    /// <summary>Runs one function, compiled if it names a compiler.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">One for each parameter.</param>
    /// <param name="report">Is told if the function runs as it is although it names a compiler.</param>
    public object? Invoke(TaskFunction function, object?[] arguments, Action<FlowDiagnostic> report)
    {
        if (function.Compiler is not { } name)
        {
            return function.Invoke(arguments);
        }

        if (!compilers.TryGetValue(name, out var compiler))
        {
            report(new FlowDiagnostic(name, function.Id, function.Site, Missing(name), null));
            return function.Invoke(arguments);
        }

        var entry = Find(
            _algorithms,
            (function, compiler),
            () => compiler.CompileAlgorithm(function, ImmutableSortedDictionary<int, object?>.Empty),
            compiler,
            tasks: 1
        );
        if (entry.Task is not { } task)
        {
            report(new FlowDiagnostic(name, function.Id, function.Site, entry.Failure!, entry.Cause));
            return function.Invoke(arguments);
        }

        try
        {
            return Checked(task.Invoke(arguments), 1)[0];
        }
        catch (CompilationFailedException e)
        {
            report(new FlowDiagnostic(name, function.Id, function.Site, e.Message, e));
            return function.Invoke(arguments);
        }
    }

    /// <summary>Forgets what was compiled and has the compilers free what they prepared. A later compilation prepares it again.</summary>
    public void Dispose()
    {
        _subgraphs.Clear();
        _algorithms.Clear();
        foreach (var runtime in _runtimes.Values)
        {
            runtime.Teardown();
        }
    }

    /// <summary>The literals, when a group is one task that takes the group's inputs in order; null otherwise.</summary>
    private static ImmutableSortedDictionary<int, object?>? LiteralsOfOnlyTask(
        Subgraph subgraph,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        if (subgraph.Tasks is not [var task] || outputs is not [SubgraphOperand.Result { Task: 0 }])
        {
            return null;
        }

        var literals = ImmutableSortedDictionary.CreateBuilder<int, object?>();
        var next = 0;
        for (var i = 0; i < task.Arguments.Length; i++)
        {
            switch (task.Arguments[i])
            {
                case SubgraphOperand.Literal literal:
                    literals.Add(i, literal.Value);
                    break;
                case SubgraphOperand.Input { Index: var index } when index == next:
                    next++;
                    break;
                default:
                    return null;
            }
        }

        return literals.ToImmutable();
    }

    private static object?[] Checked(object?[]? results, int expected) =>
        results is not null && results.Length == expected
            ? results
            : throw new CompilationFailedException(
                $"the compiled task gave {results?.Length ?? 0} results, not {expected}"
            );

    private string Missing(string compiler) =>
        $"there is no compiler {compiler}; there are {string.Join(", ", compilers.Keys.Order(StringComparer.Ordinal))}";

    private int NumberOf(object value) => _numbers.GetOrAdd(value, _ => Interlocked.Increment(ref _lastNumber));

    private Entry Find<TKey>(
        ConcurrentDictionary<TKey, Lazy<Entry>> entries,
        TKey key,
        Func<CompiledTask> compile,
        ICompiler compiler,
        int tasks
    )
        where TKey : notnull
    {
        if (!entries.TryGetValue(key, out var known))
        {
            Sweep(entries);
            known = entries.GetOrAdd(key, new Lazy<Entry>(() => Compile(compile, compiler, tasks)));
        }

        var entry = known.Value;
        entry.LastUse = Interlocked.Increment(ref _clock);
        return entry;
    }

    /// <summary>Drops the half that was used least recently once there are too many.</summary>
    private void Sweep<TKey>(ConcurrentDictionary<TKey, Lazy<Entry>> entries)
        where TKey : notnull
    {
        if (entries.Count < Options.MaxKept)
        {
            return;
        }

        var idle = entries.Where(e => e.Value.IsValueCreated).OrderBy(e => e.Value.Value.LastUse).ToList();
        foreach (var old in idle.Take((idle.Count + 1) / 2))
        {
            entries.TryRemove(old);
        }
    }

    /// <summary>Compiles on a thread of its own, so that a compiler that hangs stops nobody, and with room for deep recursion.</summary>
    private Entry Compile(Func<CompiledTask> compile, ICompiler compiler, int tasks)
    {
        const int stackBytes = 64 << 20;
        const int tasksPerLimit = 1000;
        Interlocked.Increment(ref _compilations);
        var seconds = Options.TimeLimit.TotalSeconds * (1 + (tasks - 1) / tasksPerLimit);
        var limit =
            seconds < 0 || seconds * 1000 >= int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
        var done = new TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    _runtimes.GetOrAdd(compiler, c => new CompilerRuntime(c)).Initialize();
                    var task = compile();
                    done.SetResult(
                        task is null ? new Entry { Failure = "it gave no compiled task" } : new Entry { Task = task }
                    );
                }
                catch (Exception e)
                {
                    // Whatever a compiler throws is its failure: the tasks have another way to run.
                    done.SetResult(new Entry { Failure = e.Message, Cause = e });
                }
            },
            stackBytes
        )
        {
            IsBackground = true,
            Name = $"compile on {compiler.Name}",
        };
        thread.Start();
        return done.Task.Wait(limit)
            ? done.Task.Result
            : new Entry { Failure = $"it took longer than {limit.TotalSeconds:0.###} s" };
    }

    private sealed class Entry
    {
        private long _lastUse;

        public CompiledTask? Task { get; init; }

        public string? Failure { get; init; }

        public Exception? Cause { get; init; }

        public long LastUse
        {
            get => Volatile.Read(ref _lastUse);
            set => Volatile.Write(ref _lastUse, value);
        }
    }

    /// <summary>Says once that a group runs one by one.</summary>
    private sealed class Reporter(string compiler, Subgraph subgraph, Action<FlowDiagnostic> report)
    {
        private int _reported;

        public void Report(string message, Exception? cause)
        {
            if (Interlocked.Exchange(ref _reported, 1) == 0)
            {
                var site = subgraph.Tasks.IsEmpty ? CallSite.Unknown : subgraph.Tasks[0].Site;
                report(new FlowDiagnostic(compiler, TaskNames.Of(subgraph), site, message, cause));
            }
        }
    }
}
