using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>What the reductions along axes share: which elements belong to which result, and the shape of the results.</summary>
internal static class AxisReduction
{
    /// <summary>Reduces the elements of each group, given in row-major order.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes that are reduced.</param>
    /// <param name="keepDims">Whether these axes stay, with size 1.</param>
    /// <param name="reduce">Makes one element of a group.</param>
    /// <param name="canBeEmpty">Whether a group may have no elements.</param>
    public static Tensor<TResult> Apply<T, TResult>(
        Tensor<T> x,
        int[] axes,
        bool keepDims,
        Func<T[], TResult> reduce,
        bool canBeEmpty = true
    )
    {
        var source = Dense<T>.Of(x);
        var marked = Axes.Mark(axes, source.Rank);
        var kept = new List<nint>();
        nint size = 1;
        nint count = 1;
        for (var d = 0; d < source.Rank; d++)
        {
            (size, count) = marked[d] ? (size * source.Lengths[d], count) : (size, count * source.Lengths[d]);
        }

        if (size == 0 && count > 0 && !canBeEmpty)
        {
            throw new ArgumentException("The tensor must not be empty along the axis.");
        }

        var groups = new T[count][];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = new T[size];
        }

        var filled = new nint[count];
        var at = new nint[source.Rank];
        foreach (var element in source.Data)
        {
            nint group = 0;
            for (var d = 0; d < at.Length; d++)
            {
                group = marked[d] ? group : (group * source.Lengths[d]) + at[d];
            }

            groups[group][filled[group]++] = element;
            Dense<T>.Next(at, source.Lengths);
        }

        for (var d = 0; d < source.Rank; d++)
        {
            if (!marked[d])
            {
                kept.Add(source.Lengths[d]);
            }
            else if (keepDims)
            {
                kept.Add(1);
            }
        }

        // A .NET tensor has at least one dimension.
        return new Dense<TResult>([.. groups.Select(reduce)], kept.Count == 0 ? [1] : [.. kept]).ToTensor();
    }
}
