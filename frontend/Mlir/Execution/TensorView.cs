using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>A tensor whose element type is known at run time only.</summary>
internal abstract class TensorView
{
    private static readonly MethodInfo Maker = typeof(TensorView).GetMethod(
        nameof(MakeTyped),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    /// <summary>The sizes.</summary>
    public abstract nint[] Lengths { get; }

    /// <summary>The number of elements.</summary>
    public abstract nint Count { get; }

    /// <summary>The view of <paramref name="tensor"/>, a <c>Tensor&lt;element&gt;</c>.</summary>
    public static TensorView Of(object tensor, Type element) =>
        (TensorView)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(element), tensor)!;

    /// <summary>A tensor over <paramref name="data"/>.</summary>
    public static object Make(Array data, nint[] lengths, Type element) =>
        Maker.MakeGenericMethod(element).Invoke(null, [data, lengths])!;

    /// <summary>A copy of the elements in row-major order, as an array of a type of their size.</summary>
    public abstract Array Flatten(ElementType type);

    private static Tensor<T> MakeTyped<T>(Array data, nint[] lengths) => Tensor.Create(Unsafe.As<T[]>(data), lengths);

    private sealed class Typed<T>(Tensor<T> tensor) : TensorView
    {
        public override nint[] Lengths { get; } = tensor.Lengths.ToArray();

        public override nint Count => tensor.FlattenedLength;

        public override Array Flatten(ElementType type)
        {
            var flat = type.NewArray(checked((int)tensor.FlattenedLength));
            ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(flat));
            tensor.FlattenTo(MemoryMarshal.CreateSpan(ref first, flat.Length));
            return flat;
        }
    }
}
