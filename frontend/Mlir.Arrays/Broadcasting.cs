using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>NumPy's broadcasting: shapes are aligned at the end, and a dimension of size 1 is repeated.</summary>
public static class Broadcasting
{
    /// <summary>The tensor repeated so that it has these sizes, as <c>numpy.broadcast_to</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="lengths">The sizes.</param>
    /// <exception cref="ArgumentException">The tensor does not broadcast to these sizes.</exception>
    public static Tensor<T> BroadcastTo<T>(this Tensor<T> x, params int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(lengths);
        return To(x, Lengths.Of(lengths)).ToTensor();
    }

    /// <summary>The sizes that shapes broadcast to.</summary>
    internal static nint[] Join(params ReadOnlySpan<nint[]> shapes)
    {
        var rank = 0;
        foreach (var shape in shapes)
        {
            rank = Math.Max(rank, shape.Length);
        }

        var lengths = new nint[rank];
        Array.Fill(lengths, 1);
        foreach (var shape in shapes)
        {
            for (var i = 0; i < shape.Length; i++)
            {
                // A size of 1 gives way, to 0 too.
                ref var length = ref lengths[rank - shape.Length + i];
                if (shape[i] != 1)
                {
                    length = length == 1 || length == shape[i] ? shape[i] : throw Incompatible();
                }
            }
        }

        return lengths;
    }

    /// <summary>The sizes that three tensors broadcast to.</summary>
    internal static nint[] Join<TA, TB, TC>(Tensor<TA> a, Tensor<TB> b, Tensor<TC> c)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        return Join(a.Lengths.ToArray(), b.Lengths.ToArray(), c.Lengths.ToArray());
    }

    /// <summary>The elements of <paramref name="x"/> repeated to these sizes.</summary>
    internal static Dense<T> To<T>(Tensor<T> x, nint[] lengths)
    {
        var source = Dense<T>.Of(x);
        var lead = lengths.Length - source.Rank;
        for (var i = 0; i < source.Rank; i++)
        {
            if (lead < 0 || (source.Lengths[i] != 1 && source.Lengths[i] != lengths[lead + i]))
            {
                throw Incompatible();
            }
        }

        return Dense<T>.Fill(lengths, at => source[Source(at, source.Lengths)]);
    }

    /// <summary>The subscripts in an array of sizes <paramref name="lengths"/> from which the broadcast element at <paramref name="at"/> comes.</summary>
    internal static nint[] Source(ReadOnlySpan<nint> at, ReadOnlySpan<nint> lengths)
    {
        var from = new nint[lengths.Length];
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = lengths[i] == 1 ? 0 : at[at.Length - from.Length + i];
        }

        return from;
    }

    private static ArgumentException Incompatible() => new("The shapes of the tensors are not broadcast compatible.");
}
