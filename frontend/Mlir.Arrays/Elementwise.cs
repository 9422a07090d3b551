using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Functions applied element by element.</summary>
internal static class Elementwise
{
    /// <summary>Applies a function to each element.</summary>
    public static Tensor<TResult> Map<T, TResult>(Tensor<T> x, Func<T, TResult> function)
    {
        var source = Dense<T>.Of(x);
        return new Dense<TResult>([.. source.Data.Select(function)], source.Lengths).ToTensor();
    }

    /// <summary>Applies a function to the elements of two tensors, whose shapes broadcast.</summary>
    public static Tensor<T> Zip<T>(Tensor<T> x, Tensor<T> y, Func<T, T, T> function)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var lengths = Broadcasting.Join(x.Lengths.ToArray(), y.Lengths.ToArray());
        var (a, b) = (Broadcasting.To(x, lengths), Broadcasting.To(y, lengths));
        return new Dense<T>([.. a.Data.Zip(b.Data, function)], lengths).ToTensor();
    }
}
