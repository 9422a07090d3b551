using System.Numerics.Tensors;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>A matrix in compressed sparse rows.</summary>
public sealed class CsrMatrix<T>(int columns, int[] rows, int[] indices, T[] values)
    where T : struct
{
    public int Columns { get; } = columns;

    public int[] Rows { get; } = rows;

    public int[] Indices { get; } = indices;

    public T[] Values { get; } = values;

    public static CsrMatrix<T> From(Tensor<T> dense)
    {
        var (rows, indices, values) = (new List<int> { 0 }, new List<int>(), new List<T>());
        for (nint i = 0; i < dense.Lengths[0]; i++)
        {
            for (nint j = 0; j < dense.Lengths[1]; j++)
            {
                if (!dense[[i, j]].Equals(default(T)))
                {
                    indices.Add((int)j);
                    values.Add(dense[[i, j]]);
                }
            }

            rows.Add(indices.Count);
        }

        return new CsrMatrix<T>((int)dense.Lengths[1], [.. rows], [.. indices], [.. values]);
    }

    public Tensor<T> ToDense()
    {
        var dense = Tensor.CreateFromShape<T>([Rows.Length - 1, Columns]);
        for (var i = 0; i + 1 < Rows.Length; i++)
        {
            for (var k = Rows[i]; k < Rows[i + 1]; k++)
            {
                dense[[i, Indices[k]]] = Values[k];
            }
        }

        return dense;
    }
}
