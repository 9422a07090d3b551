using System.Collections.Immutable;
using Mlir.Backends.Interpreter;

namespace Mlir.Dataflow;

/// <summary>Kernels that run one after the other.</summary>
internal sealed class JitTask : CompiledTask
{
    private readonly SubgraphPieces _pieces;
    private readonly ImmutableArray<ComposedKernel> _kernels;
    private readonly ImmutableArray<SubgraphOperand> _outputs;
    private readonly int _inputs;
    private readonly int[][] _releases;

    public JitTask(
        SubgraphPieces pieces,
        ImmutableArray<ComposedKernel> kernels,
        int inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        (_pieces, _kernels, _inputs, _outputs) = (pieces, kernels, inputs, outputs);
        _releases = LastUses();
    }

    /// <summary>The kernels in order of execution, whose code can be read.</summary>
    public ImmutableArray<ComposedKernel> Kernels => _kernels;

    /// <inheritdoc/>
    public override object?[] Invoke(ReadOnlySpan<object?> arguments)
    {
        if (arguments.Length != _inputs)
        {
            throw new ArgumentException($"The task takes {_inputs} arguments, not {arguments.Length}.");
        }

        var values = new object?[_pieces.Slots];
        arguments.CopyTo(values);
        for (var i = 0; i < _kernels.Length; i++)
        {
            var piece = _pieces.Pieces[i];
            var inputs = new object?[piece.Arguments.Length];
            for (var a = 0; a < inputs.Length; a++)
            {
                inputs[a] = values[piece.Arguments[a]];
            }

            var results = Run(_kernels[i], inputs);
            for (var r = 0; r < results.Length; r++)
            {
                values[piece.Results[r]] = results[r];
            }

            foreach (var dead in _releases[i])
            {
                values[dead] = null;
            }
        }

        var outputs = new object?[_outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] =
                SubgraphOperands.RootOf(_outputs[i]) is SubgraphOperand.Result
                    ? values[_pieces.SlotOf(_outputs[i])]
                    : SubgraphOperands.ValueOf(_outputs[i], arguments, []);
        }

        return outputs;
    }

    private static object?[] Run(ComposedKernel kernel, object?[] inputs)
    {
        try
        {
            return kernel.Invoke(inputs);
        }
        catch (Exception e) when (e is KernelCompilationException or InterpreterLimitException)
        {
            throw new CompilationFailedException(e.Message, e);
        }
    }

    /// <summary>For each piece the slots that nobody needs once it has run.</summary>
    private int[][] LastUses()
    {
        var kept = _outputs
            .Where(o => SubgraphOperands.RootOf(o) is SubgraphOperand.Result)
            .Select(_pieces.SlotOf)
            .ToHashSet();
        var last = new Dictionary<int, int>();
        for (var i = 0; i < _kernels.Length; i++)
        {
            foreach (var slot in _pieces.Pieces[i].Arguments)
            {
                last[slot] = i;
            }
        }

        var releases = last.Where(l => l.Key >= _inputs && !kept.Contains(l.Key)).ToLookup(l => l.Value, l => l.Key);
        return [.. Enumerable.Range(0, _kernels.Length).Select(i => releases[i].ToArray())];
    }
}
