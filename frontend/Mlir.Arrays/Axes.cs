namespace Mlir.Arrays;

/// <summary>Axes as NumPy counts them: from 0, or from the end with negative numbers.</summary>
internal static class Axes
{
    /// <summary>The axis from 0 that <paramref name="axis"/> means.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static int Normalize(int axis, int rank, string name = "axis") =>
        axis >= -rank && axis < rank
            ? axis < 0
                ? axis + rank
                : axis
            : throw new ArgumentOutOfRangeException(name, axis, $"axis {axis} is out of bounds for {rank} dimensions");

    /// <summary>Which axes <paramref name="axes"/> means.</summary>
    /// <exception cref="ArgumentException">An axis occurs twice, or none is given.</exception>
    public static bool[] Mark(int[] axes, int rank)
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Length == 0)
        {
            throw new ArgumentException("no axis is given", nameof(axes));
        }

        var marked = new bool[rank];
        foreach (var axis in axes)
        {
            ref var mark = ref marked[Normalize(axis, rank, nameof(axes))];
            mark = mark ? throw new ArgumentException($"axis {axis} is given twice", nameof(axes)) : true;
        }

        return marked;
    }

    /// <summary>The axes from 0 of a permutation.</summary>
    /// <exception cref="ArgumentException">An axis is missing or occurs twice.</exception>
    public static int[] Permutation(int[] axes, int rank)
    {
        if (Mark(axes, rank).Contains(false))
        {
            throw new ArgumentException("every axis must be given", nameof(axes));
        }

        return [.. axes.Select(a => Normalize(a, rank))];
    }

    /// <summary>The permutation that exchanges two axes.</summary>
    public static int[] Swapped(int first, int second, int rank)
    {
        int[] axes = [.. Enumerable.Range(0, rank)];
        (first, second) = (Normalize(first, rank, nameof(first)), Normalize(second, rank, nameof(second)));
        (axes[first], axes[second]) = (second, first);
        return axes;
    }

    /// <summary>The permutation that moves one axis.</summary>
    public static int[] Moved(int source, int destination, int rank)
    {
        source = Normalize(source, rank, nameof(source));
        var axes = Enumerable.Range(0, rank).Where(a => a != source).ToList();
        axes.Insert(Normalize(destination, rank, nameof(destination)), source);
        return [.. axes];
    }
}
