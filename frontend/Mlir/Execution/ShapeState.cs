using System.Numerics.Tensors;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Execution;

/// <summary>What a call learns about the shapes of its tensor arguments before it chooses a version of the kernel.</summary>
internal ref struct ShapeState
{
    private ReadOnlySpan<nint> _first;
    private bool _any;
    private bool _differ;
    private List<TensorShape>? _shapes;

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
    public void Add<T>(Tensor<T> tensor) => (_shapes ??= []).Add(TensorShape.Of(tensor.Lengths));

    /// <summary>Writes down an argument's exact sizes, for kernels with a version for each.</summary>
    public void AddExact<T>(Tensor<T> tensor) =>
        (_shapes ??= []).Add(new TensorShape([.. tensor.Lengths.ToArray().Select(static l => (long)l)]));

    /// <summary>What the version to run must be specialised for.</summary>
    public readonly KernelShape ToShape() => new(new EquatableArray<TensorShape>?([.. _shapes ?? []]));
}
