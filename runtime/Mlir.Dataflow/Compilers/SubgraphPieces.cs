using System.Collections.Immutable;
using Mlir.Frontend.Compositions;

namespace Mlir.Dataflow;

/// <summary>Cuts a subgraph into runs of tasks that become one kernel each.</summary>
/// <remarks>Cuts follow the order of execution, so that each piece needs only what pieces before it give.</remarks>
internal sealed class SubgraphPieces
{
    private readonly Subgraph _subgraph;
    private readonly ImmutableArray<SubgraphOperand> _outputs;
    private readonly int _size;
    private readonly Composition _whole;
    private readonly Dictionary<SubgraphOperand, int> _slots = [];

    private SubgraphPieces(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs,
        int size
    )
    {
        (_subgraph, _outputs, _size) = (subgraph, outputs, size);
        _whole = new Composition(inputs, [.. subgraph.Tasks.Select(Step)], []);
    }

    /// <summary>The pieces in order of execution.</summary>
    public ImmutableArray<SubgraphPiece> Pieces { get; private set; }

    /// <summary>How many values there are: the inputs, then what pieces give each other and the outside.</summary>
    public int Slots => _whole.Inputs.Length + _slots.Count;

    /// <summary>Cuts a subgraph.</summary>
    /// <param name="subgraph">The tasks.</param>
    /// <param name="inputs">The types of the arguments.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="size">The most tasks of a piece.</param>
    /// <exception cref="CompilationFailedException">A task has no lambda.</exception>
    public static SubgraphPieces Cut(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs,
        int size
    )
    {
        var pieces = new SubgraphPieces(subgraph, inputs, outputs, size);
        pieces.Pieces = pieces.Make();
        return pieces;
    }

    /// <summary>Where a result of a task is kept, which is wanted outside of the task's piece.</summary>
    public int SlotOf(SubgraphOperand operand) => _slots[operand];

    private static CompositionStep Step(SubgraphTask task) =>
        new(
            task.Function.Expression
                ?? throw new CompilationFailedException(
                    $"{task.Function.Id} is not a lambda whose code can be read: declare it as an Expression"
                ),
            task.Function.Site,
            [.. task.Arguments.Select(a => Operand(a, root => root))]
        )
        {
            Name = task.Function.Id,
        };

    /// <summary>An operand as compositions write it, its root replaced.</summary>
    private static CompositionOperand Operand(
        SubgraphOperand operand,
        Func<CompositionOperand, CompositionOperand> replace
    )
    {
        var items = new Stack<int>(0);
        while (operand is SubgraphOperand.Element element)
        {
            items.Push(element.Index);
            operand = element.Tuple;
        }

        var made = replace(
            operand switch
            {
                SubgraphOperand.Input input => new CompositionOperand.Input(input.Index),
                SubgraphOperand.Result result => new CompositionOperand.Result(result.Task),
                SubgraphOperand.Literal literal => new CompositionOperand.Literal(literal.Value, literal.Type),
                _ => throw new CompilationFailedException($"{operand} is no operand"),
            }
        );
        while (items.TryPop(out var item))
        {
            made = new CompositionOperand.Element(made, item);
        }

        return made;
    }

    private ImmutableArray<SubgraphPiece> Make()
    {
        var count = _subgraph.Tasks.Length;
        var wanted = Wanted();
        var pieces = ImmutableArray.CreateBuilder<SubgraphPiece>();
        for (var start = 0; start < count; start += _size)
        {
            pieces.Add(MakePiece(start, Math.Min(start + _size, count), wanted));
        }

        return pieces.ToImmutable();
    }

    /// <summary>For each piece what others and the outside want of it.</summary>
    private ILookup<int, SubgraphOperand> Wanted()
    {
        var wanted = new HashSet<SubgraphOperand>();
        for (var i = 0; i < _subgraph.Tasks.Length; i++)
        {
            foreach (var argument in _subgraph.Tasks[i].Arguments)
            {
                if (
                    SubgraphOperands.RootOf(argument) is SubgraphOperand.Result { Task: var made }
                    && made / _size != i / _size
                )
                {
                    wanted.Add(argument);
                }
            }
        }

        foreach (var output in _outputs)
        {
            if (SubgraphOperands.RootOf(output) is SubgraphOperand.Result)
            {
                wanted.Add(output);
            }
        }

        foreach (var operand in wanted)
        {
            _slots.Add(operand, Slots);
        }

        return wanted.ToLookup(o => ((SubgraphOperand.Result)SubgraphOperands.RootOf(o)).Task / _size);
    }

    private SubgraphPiece MakePiece(int start, int end, ILookup<int, SubgraphOperand> wanted)
    {
        var inputs = new Dictionary<int, int>();
        var types = ImmutableArray.CreateBuilder<Type>();
        var steps = ImmutableArray.CreateBuilder<CompositionStep>(end - start);
        for (var i = start; i < end; i++)
        {
            var step = _whole.Steps[i];
            steps.Add(step with { Arguments = [.. _subgraph.Tasks[i].Arguments.Select(Inside)] });
        }

        var results = wanted[start / _size].ToImmutableArray();
        return new SubgraphPiece(
            new Composition(types.ToImmutable(), steps.MoveToImmutable(), [.. results.Select(Inside)]),
            [.. inputs.OrderBy(p => p.Value).Select(p => p.Key)],
            [.. results.Select(SlotOf)]
        );

        CompositionOperand Inside(SubgraphOperand operand) =>
            SubgraphOperands.RootOf(operand) switch
            {
                SubgraphOperand.Result { Task: var task } when task < start => InputFor(
                    SlotOf(operand),
                    () => _whole.TypeOf(Operand(operand, root => root))
                ),
                SubgraphOperand.Result { Task: var task } => Operand(
                    operand,
                    _ => new CompositionOperand.Result(task - start)
                ),
                SubgraphOperand.Input { Index: var index } => Operand(
                    operand,
                    _ => InputFor(index, () => _whole.Inputs[index])
                ),
                _ => Operand(operand, root => root),
            };

        CompositionOperand.Input InputFor(int slot, Func<Type> type)
        {
            if (!inputs.TryGetValue(slot, out var position))
            {
                inputs[slot] = position = inputs.Count;
                types.Add(type());
            }

            return new CompositionOperand.Input(position);
        }
    }
}
