using System.Numerics.Tensors;

namespace Mlir;

/// <summary>What a vectorised function takes: a tensor of any shape, an array, or a scalar, which is a tensor of one element.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct ArrayLike<T>
{
    /// <summary>Wraps a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="ArgumentNullException">The tensor is null.</exception>
    public ArrayLike(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor = tensor;
    }

    /// <summary>The tensor.</summary>
    public Tensor<T> Tensor { get; }

    /// <summary>A tensor.</summary>
    public static implicit operator ArrayLike<T>(Tensor<T> tensor) => new(tensor);

    /// <summary>An array, without a copy.</summary>
    public static implicit operator ArrayLike<T>(T[] array) => new(System.Numerics.Tensors.Tensor.Create(array));

    /// <summary>A scalar.</summary>
    public static implicit operator ArrayLike<T>(T scalar) => new(System.Numerics.Tensors.Tensor.Create([scalar]));
}
