using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A graph's operations by number, as fusion sees them: the items of a tuple belong to the task that makes it, inputs and literals are no tasks.</summary>
internal sealed class FlowNodes
{
    private const int NoTask = -1;

    private readonly int[] _task;

    public FlowNodes(Block block)
    {
        Block = block;
        Operations = block.Number();
        _task = new int[Operations.Length];
        for (var i = 0; i < _task.Length; i++)
        {
            _task[i] = Operations[i] switch
            {
                ElementOp element => TaskOf(element.Tuple),
                InputOp or LiteralOp => NoTask,
                _ => i,
            };
        }
    }

    public Block Block { get; }

    /// <summary>The operations in order; the last one is the terminator.</summary>
    public Operation[] Operations { get; }

    public int Count => Operations.Length;

    /// <summary>Whether the operation is a task or the terminator: no input, no literal and no item of a tuple.</summary>
    public bool IsNode(int index) => _task[index] == index;

    /// <summary>The task that an operation belongs to: itself, or the one that makes the tuple; negative when there is none.</summary>
    public int TaskOf(int index) => _task[index];

    /// <summary>The task that makes a value; negative for inputs and literals.</summary>
    public int TaskOf(Value value) => _task[value.Definer!.PlaceInBlock];

    /// <summary>The compiler of a task that one can compile; null for everything else.</summary>
    public string? CompilerOf(int index) => Operations[index] is IFlowTask task ? task.Compiler : null;
}
