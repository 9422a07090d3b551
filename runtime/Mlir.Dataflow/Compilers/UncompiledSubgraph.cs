using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Runs the tasks of a subgraph one by one, each by its own implementation.</summary>
internal sealed class UncompiledSubgraph
{
    private readonly Subgraph _subgraph;
    private readonly ImmutableArray<SubgraphOperand> _outputs;
    private readonly List<int>[] _releases;

    public UncompiledSubgraph(Subgraph subgraph, ImmutableArray<SubgraphOperand> outputs)
    {
        (_subgraph, _outputs) = (subgraph, outputs);
        _releases = LastUses(subgraph, outputs);
    }

    /// <summary>Runs the tasks. Exceptions of the tasks come through unchanged.</summary>
    public object?[] Run(object?[] inputs)
    {
        var tasks = _subgraph.Tasks;
        var results = new object?[tasks.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            var arguments = new object?[tasks[i].Arguments.Length];
            for (var a = 0; a < arguments.Length; a++)
            {
                arguments[a] = SubgraphOperands.ValueOf(tasks[i].Arguments[a], inputs, results);
            }

            results[i] = tasks[i].Function.Invoke(arguments);
            foreach (var dead in _releases[i])
            {
                results[dead] = null;
            }
        }

        var outputs = new object?[_outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = SubgraphOperands.ValueOf(_outputs[i], inputs, results);
        }

        return outputs;
    }

    /// <summary>For each task the results that nobody needs once it has run.</summary>
    private static List<int>[] LastUses(Subgraph subgraph, ImmutableArray<SubgraphOperand> outputs)
    {
        var tasks = subgraph.Tasks;
        var last = new int[tasks.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            last[i] = i;
            foreach (var argument in tasks[i].Arguments)
            {
                if (SubgraphOperands.RootOf(argument) is SubgraphOperand.Result { Task: var used })
                {
                    last[used] = i;
                }
            }
        }

        foreach (var output in outputs)
        {
            if (SubgraphOperands.RootOf(output) is SubgraphOperand.Result { Task: var wanted })
            {
                last[wanted] = tasks.Length;
            }
        }

        var releases = new List<int>[tasks.Length];
        for (var i = 0; i < releases.Length; i++)
        {
            releases[i] = [];
        }

        for (var i = 0; i < last.Length; i++)
        {
            if (last[i] < tasks.Length)
            {
                releases[last[i]].Add(i);
            }
        }

        return releases;
    }
}
