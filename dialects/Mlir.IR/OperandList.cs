using System.Collections;

namespace Mlir.IR;

/// <summary>A view of consecutive operands of an operation as values.</summary>
public readonly struct OperandList : IReadOnlyList<Value>
{
    private readonly ArraySegment<OpOperand> _operands;

    internal OperandList(ArraySegment<OpOperand> operands) => _operands = operands;

    /// <summary>The number of operands.</summary>
    public int Count => _operands.Count;

    /// <summary>The value of operand number <paramref name="index"/>.</summary>
    public Value this[int index] => _operands[index].Value;

    /// <summary>The view of <paramref name="length"/> operands from <paramref name="start"/>.</summary>
    public OperandList Slice(int start, int length) => new(_operands.Slice(start, length));

    /// <summary>The types of the values.</summary>
    public IEnumerable<IrType> Types => _operands.Select(o => o.Value.Type);

    /// <summary>The values as an array of their own.</summary>
    public Value[] ToArray()
    {
        var values = new Value[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = this[i];
        }

        return values;
    }

    /// <summary>A struct enumerator over the values.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Value> IEnumerable<Value>.GetEnumerator() => _operands.Select(o => o.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Value>)this).GetEnumerator();

    /// <summary>Walks the values without allocating.</summary>
    public struct Enumerator
    {
        private readonly OperandList _list;
        private int _index;

        internal Enumerator(OperandList list) => (_list, _index) = (list, -1);

        /// <summary>The value at hand.</summary>
        public readonly Value Current => _list[_index];

        /// <summary>Goes to the next value.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
