using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Sets of tasks of one compiler, each of which becomes one fused task.</summary>
internal sealed class FusionGroups
{
    private readonly FlowNodes _nodes;
    private readonly int[] _parent;

    /// <summary>Every task alone.</summary>
    public FusionGroups(FlowNodes nodes)
    {
        _nodes = nodes;
        _parent = new int[nodes.Count];
        for (var i = 0; i < _parent.Length; i++)
        {
            _parent[i] = i;
        }
    }

    /// <summary>Puts the sets of two tasks together; the first of all their tasks stands for both.</summary>
    public void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>The task that stands for the set of <paramref name="task"/>.</summary>
    public int Find(int task)
    {
        while (_parent[task] != task)
        {
            // Halving the path keeps later searches short.
            task = _parent[task] = _parent[_parent[task]];
        }

        return task;
    }

    /// <summary>Makes a fused task of each set of two tasks or more, where the set's last operation stands. A task alone stays as it is.</summary>
    /// <returns>Whether there was such a set.</returns>
    public bool Fuse()
    {
        var start = Starts();
        var members = new Operation[start[^1]];
        var filled = start.ToArray();
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (SetOf(i) is >= 0 and var set && start[set + 1] > start[set])
            {
                members[filled[set]++] = _nodes.Operations[i];
            }
        }

        var builder = new FusedTaskBuilder();
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (start[i + 1] > start[i])
            {
                builder.Fuse(members.AsSpan(start[i]..start[i + 1]));
            }
        }

        return members.Length > 0;
    }

    /// <summary>Where the operations of each set begin when those of all sets of two tasks or more stand one behind the other.</summary>
    private int[] Starts()
    {
        var tasks = new int[_nodes.Count];
        var start = new int[_nodes.Count + 1];
        for (var i = 0; i < tasks.Length; i++)
        {
            if (SetOf(i) is >= 0 and var set)
            {
                tasks[set] += _nodes.IsNode(i) ? 1 : 0;
                start[set + 1]++;
            }
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            start[i + 1] = start[i] + (tasks[i] > 1 ? start[i + 1] : 0);
        }

        return start;
    }

    private int SetOf(int index) => _nodes.TaskOf(index) is >= 0 and var task ? Find(task) : -1;
}
