using System.Runtime.InteropServices;

namespace Mlir.Lowering;

/// <summary>
/// Finds what a compiler may fuse without delaying other tasks. A task's depth is the number of other tasks on the longest line of them in front of it. Tasks of the
/// compiler run in stages: stage n after all other tasks less deep than n, before those of depth n. A task may be in any stage from its own depth to that
/// of the least deep other task that it feeds. Stages never shrink along an edge and other tasks keep their depth, so connected tasks of one stage
/// can be fused, all such sets at once, and nothing waits for itself.
/// </summary>
internal sealed class FusionStages
{
    private readonly FlowNodes _nodes;
    private readonly bool[] _isMember;
    private readonly int[] _depth;
    private readonly int[] _latest;
    private readonly FusionGroups _groups;

    // From tasks of the compiler to deeper ones.
    private readonly List<(int From, int To)> _edges = [];

    public FusionStages(FlowNodes nodes, string compiler)
    {
        _nodes = nodes;
        _groups = new FusionGroups(nodes);
        _isMember = new bool[nodes.Count];
        _depth = new int[nodes.Count];
        _latest = new int[nodes.Count];
        Array.Fill(_latest, int.MaxValue);

        // The last operation, the terminator, waits for everything and delays nothing.
        for (var i = 0; i < nodes.Count - 1; i++)
        {
            if (nodes.IsNode(i))
            {
                _isMember[i] = nodes.CompilerOf(i) == compiler;
                Place(i);
            }
        }
    }

    /// <summary>
    /// The sets: first the connected tasks of equal depth; then each such set is put off to the stages of the tasks that it feeds, the nearest first, as far as it
    /// may be. After that no two connected sets can be one without delaying another task.
    /// </summary>
    public FusionGroups Groups()
    {
        var stage = (int[])_depth.Clone();
        for (var i = 0; i < _nodes.Count; i++)
        {
            var set = _groups.Find(i);
            _latest[set] = Math.Min(_latest[set], _latest[i]);
        }

        var edges = CollectionsMarshal.AsSpan(_edges);
        foreach (ref var edge in edges)
        {
            edge.From = _groups.Find(edge.From);
        }

        // From the deepest back: where a set goes is settled before the sets that feed it are looked at.
        edges.Sort(
            (a, b) =>
                _depth[a.From] == _depth[b.From] ? a.From.CompareTo(b.From) : _depth[b.From].CompareTo(_depth[a.From])
        );
        for (int start = 0, end; start < edges.Length; start = end)
        {
            var set = edges[start].From;
            for (end = start + 1; end < edges.Length && edges[end].From == set; end++) { }

            PutOff(set, edges[start..end], stage);
        }

        return _groups;
    }

    private void PutOff(int set, Span<(int From, int To)> edges, int[] stage)
    {
        // The stage of what an edge leads to changes only below, and never to less than the set's.
        edges.Sort((a, b) => stage[_groups.Find(a.To)].CompareTo(stage[_groups.Find(b.To)]));
        foreach (var (_, to) in edges)
        {
            set = _groups.Find(set);
            var target = _groups.Find(to);
            if (stage[target] > _latest[set])
            {
                return;
            }

            var (joined, latest) = (stage[target], Math.Min(_latest[set], _latest[target]));
            _groups.Join(set, target);
            set = _groups.Find(set);
            (stage[set], _latest[set]) = (joined, latest);
        }
    }

    /// <summary>Finds a task's depth, and what that means for the tasks that feed it.</summary>
    private void Place(int task)
    {
        var operands = _nodes.Operations[task].OpOperands;
        foreach (var operand in operands)
        {
            if (_nodes.TaskOf(operand.Value) is >= 0 and var from)
            {
                _depth[task] = Math.Max(_depth[task], _isMember[from] ? _depth[from] : _depth[from] + 1);
            }
        }

        foreach (var operand in operands)
        {
            if (_nodes.TaskOf(operand.Value) is not (>= 0 and var from) || !_isMember[from])
            {
                continue;
            }

            if (!_isMember[task])
            {
                _latest[from] = Math.Min(_latest[from], _depth[task]);
            }
            else if (_depth[from] == _depth[task])
            {
                _groups.Join(from, task);
            }
            else
            {
                _edges.Add((from, task));
            }
        }
    }
}
