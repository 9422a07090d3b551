using System.Numerics;
using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Copies what some values of a graph need. The graph is only read; what is not needed costs no more than a bit an operation.</summary>
internal sealed class GraphExtraction
{
    private const int WordBits = 64;

    // The operations that are needed: a bit for each position, and the number of bits before each word, so that a position leads to a place among them.
    private readonly ulong[] _needed;
    private readonly int[] _before;
    private readonly Operation[] _operations;
    private readonly Operation[] _copies;
    private Value[] _operands = new Value[8];

    /// <summary>Finds what <paramref name="wanted"/>, values of <paramref name="block"/>, need.</summary>
    public GraphExtraction(Block block, IReadOnlyList<Value> wanted)
    {
        _needed = new ulong[block.Last is null ? 0 : (block.Last.PlaceInBlock / WordBits) + 1];
        var found = Find(wanted);
        _before = new int[_needed.Length];
        for (var i = 1; i < _before.Length; i++)
        {
            _before[i] = _before[i - 1] + BitOperations.PopCount(_needed[i - 1]);
        }

        _operations = new Operation[found.Count];
        _copies = new Operation[found.Count];
        foreach (var op in found)
        {
            _operations[PlaceOf(op)] = op;
        }
    }

    /// <summary>Copies it in order to the end of <paramref name="target"/>.</summary>
    /// <param name="target">An empty block.</param>
    /// <param name="mapping">Learns what stands for which value; null where nobody asks.</param>
    public void CopyTo(Block target, IrMapping? mapping)
    {
        for (var i = 0; i < _copies.Length; i++)
        {
            var copy = _copies[i] = Copy(_operations[i]);
            target.Insert(copy);
            for (var k = 0; mapping is not null && k < copy.OpResults.Length; k++)
            {
                mapping.Map(_operations[i].OpResults[k], copy.OpResults[k]);
            }
        }
    }

    /// <summary>What stands for a value that is needed.</summary>
    public Value CopyOf(Value value) => _copies[PlaceOf(value.Definer!)].OpResults[((OpResult)value).Index];

    private Operation Copy(Operation op)
    {
        var operands = op.OpOperands;
        if (op is FusedOp)
        {
            var inner = new IrMapping();
            foreach (var operand in operands)
            {
                inner.Map(operand.Value, CopyOf(operand.Value));
            }

            return op.Clone(inner);
        }

        if (operands.Length > _operands.Length)
        {
            _operands = new Value[operands.Length * 2];
        }

        for (var i = 0; i < operands.Length; i++)
        {
            _operands[i] = CopyOf(operands[i].Value);
        }

        return op.CloneWith(_operands.AsSpan(0, operands.Length));
    }

    private List<Operation> Find(IReadOnlyList<Value> wanted)
    {
        var found = new List<Operation>();
        foreach (var value in wanted)
        {
            Add(value);
        }

        for (var i = 0; i < found.Count; i++)
        {
            foreach (var operand in found[i].OpOperands)
            {
                Add(operand.Value);
            }
        }

        return found;

        void Add(Value value)
        {
            var op = value.Definer!;
            ref var word = ref _needed[op.PlaceInBlock / WordBits];
            var bit = 1UL << (int)(op.PlaceInBlock % WordBits);
            if ((word & bit) == 0)
            {
                word |= bit;
                found.Add(op);
            }
        }
    }

    private int PlaceOf(Operation op)
    {
        var position = op.PlaceInBlock;
        var below = _needed[position / WordBits] & ((1UL << (int)(position % WordBits)) - 1);
        return _before[position / WordBits] + BitOperations.PopCount(below);
    }
}
