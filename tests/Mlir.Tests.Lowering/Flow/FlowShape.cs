using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Tests.Lowering;

/// <summary>The tasks of a graph and the edges between them, by plain sets: what the passes compute with numbers and arrays.</summary>
internal sealed class FlowShape
{
    private readonly Dictionary<Operation, HashSet<Operation>> _producers = new(ReferenceEqualityComparer.Instance);

    public FlowShape(Block block)
    {
        Block = block;
        Tasks = [.. block.Operations.Where(IsTask)];
        foreach (var task in Tasks)
        {
            _producers[task] = [.. task.Operands.Select(Task).OfType<Operation>()];
        }

        Wanted = [.. block.Last!.Operands.Select(Task).OfType<Operation>()];
    }

    public Block Block { get; }

    public IReadOnlyList<Operation> Tasks { get; }

    /// <summary>The tasks that make wanted values.</summary>
    public HashSet<Operation> Wanted { get; }

    public IReadOnlySet<Operation> Producers(Operation task) => _producers[task];

    public IEnumerable<Operation> Consumers(Operation task) => Tasks.Where(t => _producers[t].Contains(task));

    public IEnumerable<(Operation From, Operation To)> Edges =>
        Tasks.SelectMany(to => Producers(to).Select(from => (from, to)));

    public static string? CompilerOf(Operation op) =>
        op switch
        {
            IFlowTask task => task.Compiler,
            FusedOp fused => fused.Compiler,
            _ => null,
        };

    /// <summary>The linear chains of two tasks or more, straight from the rule.</summary>
    public IEnumerable<HashSet<Operation>> Chains()
    {
        var next = new Dictionary<Operation, Operation>(ReferenceEqualityComparer.Instance);
        foreach (var (from, to) in Edges)
        {
            if (
                from is IFlowTask { Compiler: { } compiler }
                && to is IFlowTask other
                && other.Compiler == compiler
                && Producers(to).Count == 1
                && Consumers(from).Count() == 1
                && !Wanted.Contains(from)
            )
            {
                next.Add(from, to);
            }
        }

        foreach (var first in next.Keys.Where(k => !next.ContainsValue(k)))
        {
            var chain = new HashSet<Operation> { first };
            for (var op = first; next.TryGetValue(op, out var after); op = after)
            {
                chain.Add(after);
            }

            yield return chain;
        }
    }

    /// <summary>
    /// For each task the number of tasks that a compiler does not compile on the longest line in front of it, when <paramref name="a"/> and <paramref name="b"/> are
    /// one task; null when something then waits for itself.
    /// </summary>
    public Dictionary<Operation, int>? Depths(string compiler, Operation? a = null, Operation? b = null)
    {
        Operation Unit(Operation task) => ReferenceEquals(task, b) ? a! : task;
        var waiting = Tasks
            .GroupBy(Unit)
            .ToDictionary(g => g.Key, g => g.SelectMany(Producers).Select(Unit).Where(p => p != g.Key).ToHashSet());
        var depths = new Dictionary<Operation, int>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(w => w.Value.All(depths.ContainsKey)).Select(w => w.Key).ToList();
            if (ready.Count == 0)
            {
                return null;
            }

            foreach (var task in ready)
            {
                depths[task] = waiting[task]
                    .Select(p => depths[p] + (CompilerOf(p) == compiler ? 0 : 1))
                    .Append(0)
                    .Max();
                waiting.Remove(task);
            }
        }

        return depths;
    }

    /// <summary>Whether edges join all tasks, whichever way they go.</summary>
    public bool IsConnected()
    {
        var reached = new HashSet<Operation>(Tasks.Take(1));
        while (Edges.FirstOrDefault(e => reached.Contains(e.From) != reached.Contains(e.To)) is { From: not null } edge)
        {
            reached.Add(edge.From);
            reached.Add(edge.To);
        }

        return reached.Count == Tasks.Count;
    }

    private static bool IsTask(Operation op) => op is not (InputOp or LiteralOp or ElementOp or YieldOp);

    private static Operation? Task(Value value)
    {
        while (value.Definer is ElementOp element)
        {
            value = element.Tuple;
        }

        return value.Definer is { } definer && IsTask(definer) ? definer : null;
    }
}
