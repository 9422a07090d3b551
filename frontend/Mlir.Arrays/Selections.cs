using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Choice between elements.</summary>
public static partial class Selections
{
    extension(Tensor)
    {
        /// <summary>For each element <paramref name="whenTrue"/> or <paramref name="whenFalse"/>, as <c>numpy.where</c>; the shapes broadcast.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> whenTrue, Tensor<T> whenFalse)
        {
            var lengths = Broadcasting.Join(condition, whenTrue, whenFalse);
            var (c, a, b) = (
                Broadcasting.To(condition, lengths),
                Broadcasting.To(whenTrue, lengths),
                Broadcasting.To(whenFalse, lengths)
            );
            return new Dense<T>([.. c.Data.Select((take, i) => take ? a.Data[i] : b.Data[i])], lengths).ToTensor();
        }

        /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
        public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> whenTrue, T whenFalse) =>
            Tensor.Where(condition, whenTrue, Tensor.Create([whenFalse]));

        /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
        public static Tensor<T> Where<T>(Tensor<bool> condition, T whenTrue, Tensor<T> whenFalse) =>
            Tensor.Where(condition, Tensor.Create([whenTrue]), whenFalse);

        /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
        public static Tensor<T> Where<T>(Tensor<bool> condition, T whenTrue, T whenFalse) =>
            Tensor.Where(condition, Tensor.Create([whenTrue]), Tensor.Create([whenFalse]));
    }
}
