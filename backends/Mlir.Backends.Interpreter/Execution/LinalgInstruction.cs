using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>The loops of a structured operation, in row-major order; the body runs once for each point.</summary>
internal sealed class LinalgInstruction : Instruction
{
    private readonly Operation _op;
    private readonly Code _body;
    private readonly Register[] _operands;
    private readonly Register[] _arguments;
    private readonly Register[] _yields;
    private readonly Register[] _results;
    private readonly int[] _subscripts;
    private readonly AffineMap[] _maps;
    private readonly int _inputCount;
    private readonly bool[] _isRead;

    /// <summary>Prepares the loops.</summary>
    public LinalgInstruction(
        Operation op,
        ILinalgOp structure,
        Code body,
        Register[] operands,
        Register[] arguments,
        Register[] yields,
        Register[] results,
        int[] subscripts
    )
    {
        (_op, _body, _operands, _arguments, _yields, _results, _subscripts) = (
            op,
            body,
            operands,
            arguments,
            yields,
            results,
            subscripts
        );
        _maps = [.. structure.IndexingMapList];
        _inputCount = structure.Inputs.Count;
        var block = structure.Body.Single;
        _isRead = [.. operands.Select((_, i) => i < block.Arguments.Count && !block.Arguments[i].IsUnused)];
    }

    public override int Execute(Frame frame)
    {
        var arrays = new ArrayValue?[_operands.Length];
        for (var i = 0; i < arrays.Length; i++)
        {
            if (_operands[i].Type is not ShapedType)
            {
                if (i < _arguments.Length)
                {
                    _arguments[i].Copy(frame, _operands[i], frame);
                }

                continue;
            }

            arrays[i] = frame.Array(_operands[i].Index);
            if (i >= _inputCount && _operands[i].Type is RankedTensorType)
            {
                arrays[i] = arrays[i]!.Copy();
            }

            if (arrays[i]!.Storage.IsFreed)
            {
                throw new UndefinedBehaviorException(_op.Name, "uses an array that was freed", _op.Location);
            }
        }

        Loop(frame, arrays, SizesOf(arrays));
        for (int i = _inputCount, result = 0; i < arrays.Length; i++)
        {
            if (_operands[i].Type is RankedTensorType)
            {
                frame.Objects[_results[result++].Index] = arrays[i];
            }
        }

        return Next;
    }

    private void Loop(Frame frame, ArrayValue?[] arrays, long[] sizes)
    {
        if (sizes.AsSpan().Contains(0))
        {
            return;
        }

        var walks = new Walk?[arrays.Length];
        for (var i = 0; i < arrays.Length; i++)
        {
            walks[i] = arrays[i] is { } array ? new Walk(array, _maps[i], sizes, _op) : null;
        }

        var index = new long[sizes.Length];
        var scalars = frame.Scalars;
        while (true)
        {
            for (var d = 0; d < index.Length; d++)
            {
                scalars[_subscripts[d]] = index[d];
            }

            for (var i = 0; i < walks.Length; i++)
            {
                if (_isRead[i] && walks[i] is { } walk)
                {
                    ArrayAccess.Get(walk.Array.Storage, walk.Position(index), _arguments[i], frame);
                }
            }

            _body.Run(frame);
            frame.Context.Tick(_body.Length);
            for (var i = 0; i < _yields.Length; i++)
            {
                var walk = walks[_inputCount + i]!;
                ArrayAccess.Set(walk.Array.Storage, walk.Position(index), _yields[i], frame);
            }

            var dimension = index.Length - 1;
            for (; dimension >= 0; dimension--)
            {
                index[dimension]++;
                foreach (var walk in walks)
                {
                    walk?.Step(dimension);
                }

                if (index[dimension] < sizes[dimension])
                {
                    break;
                }

                foreach (var walk in walks)
                {
                    walk?.Reset(dimension, index[dimension]);
                }

                index[dimension] = 0;
            }

            if (dimension < 0)
            {
                return;
            }
        }
    }

    /// <summary>The number of iterations of each loop, from the arrays that it subscripts directly.</summary>
    private long[] SizesOf(ArrayValue?[] arrays)
    {
        var sizes = new long[_subscripts.Length];
        Array.Fill(sizes, -1);
        for (var i = 0; i < arrays.Length; i++)
        {
            if (arrays[i] is not { } array)
            {
                continue;
            }

            for (var r = 0; r < _maps[i].Results.Count; r++)
            {
                if (_maps[i].Results[r] is not AffineDimExpr { Position: var d })
                {
                    continue;
                }

                if (sizes[d] >= 0 && sizes[d] != array.Sizes[r])
                {
                    throw new UndefinedBehaviorException(
                        _op.Name,
                        $"has operands of sizes {sizes[d]} and {array.Sizes[r]} along loop {d}",
                        _op.Location
                    );
                }

                sizes[d] = array.Sizes[r];
            }
        }

        return sizes.AsSpan().Contains(-1)
            ? throw new UndefinedBehaviorException(_op.Name, "has a loop whose size no operand gives", _op.Location)
            : sizes;
    }

    /// <summary>Where an operand's element lies while the loops go on.</summary>
    private sealed class Walk
    {
        private readonly AffineMap _map;
        private readonly Operation _op;
        private readonly long[]? _strides;
        private long _position;

        public Walk(ArrayValue array, AffineMap map, long[] sizes, Operation op)
        {
            (Array, _map, _op) = (array, map, op);
            _position = array.Offset;
            foreach (var result in map.Results)
            {
                if (result is not AffineDimExpr)
                {
                    return;
                }
            }

            // Plain subscripts: the position moves by a fixed distance with each loop.
            _strides = new long[sizes.Length];
            for (var r = 0; r < map.Results.Count; r++)
            {
                _strides[((AffineDimExpr)map.Results[r]).Position] += array.Strides[r];
            }
        }

        public ArrayValue Array { get; }

        public long Position(long[] index)
        {
            if (_strides is not null)
            {
                return _position;
            }

            var position = Array.Offset;
            var subscripts = _map.Evaluate(index);
            for (var i = 0; i < subscripts.Length; i++)
            {
                if ((ulong)subscripts[i] >= (ulong)Array.Sizes[i])
                {
                    throw Views.OutOfRange(_op, subscripts[i], i, Array.Sizes[i]);
                }

                position += subscripts[i] * Array.Strides[i];
            }

            return position;
        }

        public void Step(int dimension) => _position += _strides is null ? 0 : _strides[dimension];

        public void Reset(int dimension, long count) => _position -= _strides is null ? 0 : _strides[dimension] * count;
    }
}
