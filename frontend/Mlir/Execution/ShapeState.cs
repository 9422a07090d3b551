using System.Numerics.Tensors;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Execution;

/// <summary>What a call learns about the shapes of its tensor arguments before it chooses a version of the kernel.</summary>
internal ref struct ShapeState
{
    // A class is written down as one bit for each dimension, set where its size is 1, and the rank.
    private const int RankBits = 4;
    private const int MostRank = (1 << RankBits) - 1;
    private const int ClassBits = 128;

    private ReadOnlySpan<nint> _first;
    private bool _any;
    private bool _differ;
    private List<TensorShape>? _shapes;
    private UInt128 _classes;
    private int _classBits;
    private int _classCount;

    /// <summary>The shape of the first tensor, which all share when the flat version runs.</summary>
    public readonly ReadOnlySpan<nint> First => _first;

    /// <summary>Whether the arguments do not all have one shape.</summary>
    public readonly bool Differ => _differ;

    /// <summary>Looks at an argument.</summary>
    /// <exception cref="ArgumentNullException">The tensor is null.</exception>
    public void Look<T>(Tensor<T> tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (!_any)
        {
            _first = tensor.Lengths;
            _any = true;
        }
        else if (!_differ)
        {
            _differ = !_first.SequenceEqual(tensor.Lengths);
        }
    }

    /// <summary>Writes down the class of an argument's shape, once it is known that shapes differ.</summary>
    public void Add<T>(Tensor<T> tensor)
    {
        var lengths = tensor.Lengths;
        if (_shapes is not null || lengths.Length > MostRank || _classBits + lengths.Length + RankBits > ClassBits)
        {
            _shapes ??= Decode();
            _shapes.Add(TensorShape.Of(lengths));
            return;
        }

        foreach (var length in lengths)
        {
            _classes = (_classes << 1) | (length == 1 ? 1u : 0u);
        }

        _classes = (_classes << RankBits) | (uint)lengths.Length;
        _classBits += lengths.Length + RankBits;
        _classCount++;
    }

    /// <summary>Writes down an argument's exact sizes, for kernels with a version for each.</summary>
    public void AddExact<T>(Tensor<T> tensor) =>
        (_shapes ??= []).Add(new TensorShape([.. tensor.Lengths.ToArray().Select(static l => (long)l)]));

    /// <summary>The classes written down as one number, so that a call that finds its version allocates nothing; null when they do not fit.</summary>
    public readonly UInt128? Classes => _shapes is null ? _classes : null;

    /// <summary>What the version to run must be specialised for.</summary>
    public readonly KernelShape ToShape() => new(new EquatableArray<TensorShape>?([.. _shapes ?? Decode()]));

    private readonly List<TensorShape> Decode()
    {
        var shapes = new TensorShape[_classCount];
        var rest = _classes;
        for (var i = shapes.Length - 1; i >= 0; i--)
        {
            var lengths = new nint[(int)(rest & MostRank)];
            rest >>= RankBits;
            for (var d = lengths.Length - 1; d >= 0; d--, rest >>= 1)
            {
                lengths[d] = (rest & 1) == 1 ? 1 : -1;
            }

            shapes[i] = TensorShape.Of(lengths);
        }

        return [.. shapes];
    }
}
