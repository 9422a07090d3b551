using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>The elements of a tensor in row-major order, and its sizes: what the eager functions work on.</summary>
/// <param name="Data">The elements; a copy where the tensor's own do not lie in a row.</param>
/// <param name="Lengths">The sizes.</param>
internal readonly record struct Dense<T>(T[] Data, nint[] Lengths)
{
    /// <summary>A new array of these sizes.</summary>
    public Dense(nint[] lengths)
        : this(new T[Count(lengths)], lengths) { }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Lengths.Length;

    /// <summary>Reads <paramref name="tensor"/>.</summary>
    public static Dense<T> Of(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var data = new T[tensor.FlattenedLength];
        tensor.FlattenTo(data);
        return new Dense<T>(data, tensor.Lengths.ToArray());
    }

    /// <summary>Fills an array from the subscripts of each element.</summary>
    /// <param name="lengths">The sizes.</param>
    /// <param name="element">The element at the given subscripts, which the next call overwrites.</param>
    public static Dense<T> Fill(nint[] lengths, Func<nint[], T> element)
    {
        var result = new Dense<T>(lengths);
        var at = new nint[lengths.Length];
        for (nint i = 0; i < result.Data.Length; i++)
        {
            result.Data[i] = element(at);
            Next(at, lengths);
        }

        return result;
    }

    /// <summary>The element at <paramref name="subscripts"/>.</summary>
    public T this[ReadOnlySpan<nint> subscripts]
    {
        get => Data[Offset(subscripts)];
        set => Data[Offset(subscripts)] = value;
    }

    /// <summary>Another selection of the places along an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="count">How many places the result has along it.</param>
    /// <param name="from">The place that each of them comes from.</param>
    public Dense<T> Along(int axis, nint count, Func<nint, nint> from)
    {
        var source = this;
        var lengths = (nint[])Lengths.Clone();
        lengths[axis] = count;
        var place = new nint[Rank];
        return Fill(
            lengths,
            at =>
            {
                at.CopyTo(place, 0);
                place[axis] = from(at[axis]);
                return source[place];
            }
        );
    }

    /// <summary>The sizes split at an axis: how many before, along and behind it.</summary>
    public (nint Before, nint Along, nint Behind) Split(int axis) =>
        (Count(Lengths.AsSpan(0, axis)), Lengths[axis], Count(Lengths.AsSpan(axis + 1)));

    /// <summary>The tensor of these elements.</summary>
    public Tensor<T> ToTensor() => Tensor.Create(Data, Lengths);

    /// <summary>Goes on to the next subscripts in row-major order.</summary>
    public static void Next(nint[] at, ReadOnlySpan<nint> lengths)
    {
        for (var d = at.Length - 1; d >= 0; d--)
        {
            if (++at[d] < lengths[d])
            {
                return;
            }

            at[d] = 0;
        }
    }

    /// <summary>The product of <paramref name="lengths"/>.</summary>
    public static nint Count(ReadOnlySpan<nint> lengths)
    {
        nint count = 1;
        foreach (var length in lengths)
        {
            count = checked(count * length);
        }

        return count;
    }

    private nint Offset(ReadOnlySpan<nint> subscripts)
    {
        nint offset = 0;
        for (var d = 0; d < Lengths.Length; d++)
        {
            offset = (offset * Lengths[d]) + subscripts[d];
        }

        return offset;
    }
}
