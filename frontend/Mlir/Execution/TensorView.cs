using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Mlir.Execution;

/// <summary>A tensor whose element type is known at run time only: a dense copy of its elements, and its sizes.</summary>
/// <param name="Data">The elements in row-major order.</param>
/// <param name="Lengths">The sizes.</param>
internal sealed record TensorView(Array Data, nint[] Lengths)
{
    private static readonly System.Reflection.MethodInfo Reader = typeof(TensorView).GetMethod(
        nameof(Read),
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
    )!;
    private static readonly System.Reflection.MethodInfo Maker = typeof(TensorView).GetMethod(
        nameof(MakeTyped),
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
    )!;

    /// <summary>The view of <paramref name="tensor"/>, a <c>Tensor&lt;element&gt;</c>.</summary>
    public static TensorView Of(object tensor, Type element) =>
        (TensorView)Reader.MakeGenericMethod(element).Invoke(null, [tensor])!;

    /// <summary>A tensor over <paramref name="data"/>.</summary>
    public static object Make(Array data, nint[] lengths, Type element) =>
        Maker.MakeGenericMethod(element).Invoke(null, [data, lengths])!;

    private static TensorView Read<T>(Tensor<T> tensor)
    {
        var data = new T[tensor.FlattenedLength];
        tensor.FlattenTo(data);
        return new TensorView(data, tensor.Lengths.ToArray());
    }

    private static Tensor<T> MakeTyped<T>(Array data, nint[] lengths) => Tensor.Create(Unsafe.As<T[]>(data), lengths);
}
