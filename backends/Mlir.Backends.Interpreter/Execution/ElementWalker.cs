namespace Mlir.Backends.Interpreter;

/// <summary>Walks the positions of an array's elements in row-major order.</summary>
internal struct ElementWalker
{
    private readonly ArrayValue _array;
    private readonly long[] _index;

    /// <summary>Starts at the first element.</summary>
    public ElementWalker(ArrayValue array)
    {
        _array = array;
        _index = new long[array.Rank];
        Position = array.Offset;
    }

    /// <summary>Where in the storage the current element lies.</summary>
    public long Position { get; private set; }

    /// <summary>The subscripts of the current element.</summary>
    public readonly ReadOnlySpan<long> Index => _index;

    /// <summary>Goes to the next element; after the last one starts again.</summary>
    public void MoveNext()
    {
        for (var d = _index.Length - 1; d >= 0; d--)
        {
            Position += _array.Strides[d];
            if (++_index[d] < _array.Sizes[d])
            {
                return;
            }

            Position -= _index[d] * _array.Strides[d];
            _index[d] = 0;
        }
    }
}
