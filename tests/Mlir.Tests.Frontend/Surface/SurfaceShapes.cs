using System.Buffers;
using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Calls of the functions that depend on shapes, and tensors for them.</summary>
internal static class SurfaceShapes
{
    /// <summary>The lambdas for one element type: each takes a tensor of shape 2 × 3 × 4, one of 1 × 4 and a row of 6.</summary>
    public static IReadOnlyList<(string Name, LambdaExpression Lambda)> Of<T>()
    {
        var cases = new List<(string, LambdaExpression)>();
        void Add<TResult>(string name, Expression<Func<Tensor<T>, Tensor<T>, Tensor<T>, TResult>> lambda) =>
            cases.Add((name, lambda));
        Add("Broadcast", (x, y, z) => Tensor.Broadcast<T>(y, new nint[] { 3, 4 }));
        Add("Broadcast", (x, y, z) => Tensor.Broadcast<T>(y, x));
        Add("Concatenate", (x, y, z) => Tensor.Concatenate(new Tensor<T>[] { z, z, z }));
        Add("ConcatenateOnDimension", (x, y, z) => Tensor.ConcatenateOnDimension(1, new Tensor<T>[] { x, x }));
        Add("Create", (x, y, z) => Tensor.Create(new T[6]));
        Add("CreateFromShape", (x, y, z) => Tensor.CreateFromShape<T>(new nint[] { 2, 3 }, false));
        Add(
            "CreateFromShapeUninitialized",
            (x, y, z) => Tensor.CreateFromShapeUninitialized<T>(new nint[] { 0, 3 }, false)
        );
        Add("PermuteDimensions", (x, y, z) => Tensor.PermuteDimensions(x, new int[] { 2, 0, 1 }).ToDenseTensor());
        Add("Reshape", (x, y, z) => Tensor.Reshape(x, new nint[] { 6, 4 }));
        Add("Reshape", (x, y, z) => Tensor.Reshape(x, new nint[] { -1, 12 }));
        Add("Resize", (x, y, z) => Tensor.Resize(x, new nint[] { 5, 2 }));
        Add("Resize", (x, y, z) => Tensor.Resize(z, new nint[] { 3, 3 }));
        Add("Reverse", (x, y, z) => Tensor.Reverse<T>(x));
        Add("ReverseDimension", (x, y, z) => Tensor.ReverseDimension<T>(x, 1));
        Add(
            "SetSlice",
            (x, y, z) =>
                Tensor.SetSlice(
                    Tensor.Reverse<T>(x),
                    Tensor.Broadcast<T>(y, new nint[] { 1, 2, 4 }),
                    new NRange[] { new NRange(1, 2), new NRange(0, 2), NRange.All }
                )
        );
        Add("Split", (x, y, z) => Tensor.Split<T>(z, 3, 0)[1]);
        Add("Split", (x, y, z) => Tensor.Split<T>(x, 2, 2)[0]);
        Add("Squeeze", (x, y, z) => Tensor.Squeeze(y));
        Add("SqueezeDimension", (x, y, z) => Tensor.SqueezeDimension(y, 0));
        Add("Stack", (x, y, z) => Tensor.Stack(new Tensor<T>[] { x, x }));
        Add("StackAlongDimension", (x, y, z) => Tensor.StackAlongDimension(2, new Tensor<T>[] { x, x }));
        Add("Transpose", (x, y, z) => Tensor.Transpose(x).ToDenseTensor());
        Add("Unsqueeze", (x, y, z) => Tensor.Unsqueeze(x, 1));
        Add(
            "Slice",
            (x, y, z) => x.Slice(new NRange[] { new NRange(1, 2), NRange.All, new NRange(1, 3) }).ToDenseTensor()
        );
        Add("Slice", (x, y, z) => x.Slice(new nint[] { 0, 1, 2 }).ToDenseTensor());
        Add(
            "this[NRange]",
            (x, y, z) => x[new NRange[] { NRange.All, NRange.StartAt(1), NRange.EndAt(3) }].ToDenseTensor()
        );
        Add("ToDenseTensor", (x, y, z) => x.ToDenseTensor());
        Add("Rank", (x, y, z) => x.Rank * 10 + z.Rank);
        Add("FlattenedLength", (x, y, z) => x.FlattenedLength);
        Add("IsEmpty", (x, y, z) => x.IsEmpty);
        return cases;
    }

    /// <summary>The tensors.</summary>
    public static object[] Arguments<T>()
    {
        var elements = SurfaceData.Make<T>(3).ToArray();
        return
        [
            Tensor.Create(elements[..24], [2, 3, 4]),
            Tensor.Create(elements[24..28], [1, 4]),
            Tensor.Create(elements[28..34], [6]),
        ];
    }
}
