using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// The order in which reductions combine elements, fixed by types and sizes alone: whoever follows it gets the same bits, whatever
/// the number of threads or the width of vectors.
/// </summary>
/// <remarks>
/// The iterations of a reduction (those that feed one output element) are cut into <em>rows</em> along the last loop. With parallel
/// loops beside the reduction all rows form one leaf; without any, a leaf holds <see cref="RowsPerLeaf"/> rows, and when there is only
/// one loop it is cut into rows of <see cref="LeafElements"/> first. Inside a leaf, element <c>j</c> of each row is combined into lane
/// <c>j mod Lanes</c>, in order, from the neutral element on; then the upper half of the lanes is combined into the lower half until one
/// is left. Leaves are combined in pairs, neighbours first, an odd last one moving up as it is. At last the total is combined into the
/// value that the output held before. When the last loop is parallel there is one lane and no leaf: rows are combined in order.
/// <para>
/// A sum of products of <c>f32</c> or <c>f64</c> rounds each product once, together with the sum it is added to (<c>math.fma</c>); sums of sums are
/// rounded as such. The first best element and its place (<c>argmax</c>) have one answer in every order.
/// </para>
/// <para>
/// Products of matrices have an order of their own: where a sum of products has rows that only one factor knows and columns that only the
/// other one knows, each output element goes on from what it held before, and products are added in the order of the reduced loops,
/// each rounded once with its sum (<c>math.fma</c>). See <see cref="TileContractions"/>.
/// </para>
/// </remarks>
public static class ReductionOrder
{
    /// <summary>How many elements a leaf holds when the rows are short; a multiple of every number of lanes.</summary>
    public const long LeafElements = 8192;

    /// <summary>How many lanes a leaf has for an accumulator of <paramref name="type"/>: 32 for eight bytes, 64 for less.</summary>
    public static int Lanes(IrType type) =>
        type is FloatType { Width: > 32 } or IntegerType { Width: > 32 } or IndexType ? 32 : 64;

    /// <summary>How many rows of <paramref name="rowLength"/> elements one leaf holds.</summary>
    public static long RowsPerLeaf(long rowLength) => Math.Max(1, LeafElements / Math.Max(1, rowLength));

    /// <summary>Combines the rows of one leaf by lanes, from <paramref name="neutral"/> on.</summary>
    /// <param name="neutral">The neutral element of <paramref name="combine"/>.</param>
    /// <param name="lanes">The number of lanes, a power of two.</param>
    /// <param name="rows">The rows, each with its elements in order.</param>
    /// <param name="combine">Combines the value so far (first) with another.</param>
    public static T Leaf<T>(T neutral, int lanes, IEnumerable<IEnumerable<T>> rows, Func<T, T, T> combine)
    {
        var lane = new T[lanes];
        Array.Fill(lane, neutral);
        foreach (var row in rows)
        {
            var position = 0;
            foreach (var element in row)
            {
                lane[position] = combine(lane[position], element);
                position = position + 1 == lanes ? 0 : position + 1;
            }
        }

        for (var half = lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                lane[i] = combine(lane[i], lane[i + half]);
            }
        }

        return lane[0];
    }

    /// <summary>Combines the totals of leaves in pairs; <paramref name="neutral"/> when there is none.</summary>
    /// <param name="neutral">The neutral element of <paramref name="combine"/>.</param>
    /// <param name="leaves">The totals in order; overwritten.</param>
    /// <param name="combine">Combines two neighbours.</param>
    public static T Pairwise<T>(T neutral, Span<T> leaves, Func<T, T, T> combine)
    {
        if (leaves.IsEmpty)
        {
            return neutral;
        }

        for (var count = leaves.Length; count > 1; count = (count + 1) / 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                leaves[i] = combine(leaves[2 * i], leaves[(2 * i) + 1]);
            }

            if (count % 2 == 1)
            {
                leaves[count / 2] = leaves[count - 1];
            }
        }

        return leaves[0];
    }
}
