using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Sums of products in Einstein's notation.</summary>
public static class Einsums
{
    extension(Tensor)
    {
        /// <summary>Rearranges and adds up: <c>Tensor.Einsum("ij->j", x)</c> adds the rows.</summary>
        /// <remarks>As <c>numpy.einsum</c>, without the ellipsis: one letter an axis; letters that the result lacks are summed over.</remarks>
        /// <exception cref="ArgumentException">The text is no equation for the operands, or sizes differ.</exception>
        public static Tensor<T> Einsum<T>(string equation, Tensor<T> x)
            where T : INumber<T>
        {
            ArgumentNullException.ThrowIfNull(x);
            return Evaluate(EinsumEquation.Parse(equation, x.Rank), x);
        }

        /// <summary>Multiplies and adds up: <c>Tensor.Einsum("ij,jk->ik", x, y)</c> is the matrix product.</summary>
        /// <inheritdoc cref="Einsum{T}(string, Tensor{T})"/>
        public static Tensor<T> Einsum<T>(string equation, Tensor<T> x, Tensor<T> y)
            where T : INumber<T>
        {
            ArgumentNullException.ThrowIfNull(x);
            ArgumentNullException.ThrowIfNull(y);
            return Evaluate(EinsumEquation.Parse(equation, x.Rank, y.Rank), x, y);
        }

        /// <summary>Multiplies three and adds up.</summary>
        /// <inheritdoc cref="Einsum{T}(string, Tensor{T})"/>
        public static Tensor<T> Einsum<T>(string equation, Tensor<T> x, Tensor<T> y, Tensor<T> z)
            where T : INumber<T>
        {
            ArgumentNullException.ThrowIfNull(x);
            ArgumentNullException.ThrowIfNull(y);
            ArgumentNullException.ThrowIfNull(z);
            return Evaluate(EinsumEquation.Parse(equation, x.Rank, y.Rank, z.Rank), x, y, z);
        }
    }

    /// <summary>Computes what the equation says.</summary>
    internal static Tensor<T> Evaluate<T>(EinsumEquation equation, params ReadOnlySpan<Tensor<T>> tensors)
        where T : INumber<T>
    {
        var letters = equation.Letters;
        var operands = new Dense<T>[tensors.Length];
        var positions = new int[tensors.Length][];
        var sizes = new nint[letters.Length];
        Array.Fill(sizes, -1);
        for (var i = 0; i < tensors.Length; i++)
        {
            operands[i] = Dense<T>.Of(tensors[i]);
            positions[i] = [.. equation.Operands[i].Select(c => letters.IndexOf(c, StringComparison.Ordinal))];
            for (var d = 0; d < operands[i].Rank; d++)
            {
                ref var size = ref sizes[positions[i][d]];
                size =
                    size < 0 || size == operands[i].Lengths[d]
                        ? operands[i].Lengths[d]
                        : throw new ArgumentException($"The axes '{equation.Operands[i][d]}' have different sizes.");
            }
        }

        var kept = equation.Result.Length;
        var summed = sizes[kept..];
        var loops = new nint[letters.Length];
        var terms = new T[Dense<T>.Count(summed)];
        return Dense<T>
            .Fill(
                kept == 0 ? [1] : sizes[..kept],
                at =>
                {
                    Array.Clear(loops);
                    at.AsSpan(0, kept).CopyTo(loops);
                    var inner = new nint[summed.Length];
                    for (var term = 0; term < terms.Length; term++)
                    {
                        inner.CopyTo(loops, kept);
                        var product = T.One;
                        for (var i = 0; i < operands.Length; i++)
                        {
                            product *= operands[i][[.. positions[i].Select(p => loops[p])]];
                        }

                        terms[term] = product;
                        Dense<T>.Next(inner, summed);
                    }

                    return Moments.Sum<T>(terms);
                }
            )
            .ToTensor();
    }
}
