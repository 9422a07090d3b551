using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>
/// The target of delegates that call a kernel through slots. A small method that is generated for each delegate type calls these members in order:
/// look at the tensors, begin, push every argument, run, take the results.
/// </summary>
/// <param name="code">The kernel.</param>
/// <param name="roots">The objects at which captured variables start.</param>
internal sealed unsafe class PackedInvoker(KernelCode code, object[] roots)
{
    private readonly KernelVersion? _sameShape = code.MayRetry ? null : code.SameShape;

    /// <summary>The objects at which captured variables start.</summary>
    public object[] Roots { get; } = roots;

    /// <summary>The version that fits the shapes.</summary>
    public KernelVersion Choose(ref ShapeState shapes) =>
        shapes.Differ || _sameShape is null ? code.GetVersion(ref shapes) : _sameShape;

    /// <summary>Starts a call.</summary>
    public static KernelCall Begin(KernelVersion version) => KernelCall.Rent(version.Signature);

    /// <summary>Passes a scalar.</summary>
    public static void PushScalar<T>(KernelCall call, T value)
        where T : unmanaged => call.Push(value);

    /// <summary>Passes an array of any rank.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static void PushArray(KernelCall call, Array array, string name)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        Span<long> shape = stackalloc long[array.Rank];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = array.GetLongLength(i);
        }

        call.Push(array, shape);
    }

    /// <summary>Passes a string.</summary>
    /// <exception cref="ArgumentNullException">The string is null.</exception>
    public static void PushString(KernelCall call, string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        call.Push(text);
    }

    /// <summary>Passes a tensor, pinned until the call is disposed, as a dense copy when its elements do not lie in order.</summary>
    public static void PushTensor<T>(KernelCall call, KernelVersion version, Tensor<T> tensor)
    {
        tensor = ToRowMajor(tensor);
        if (version.Shape.Tensors is null)
        {
            call.Push(tensor, [tensor.FlattenedLength]);
        }
        else
        {
            call.Push(tensor);
        }
    }

    /// <summary>Passes a dense tensor that the caller has pinned.</summary>
    public static void PushPinned<T>(KernelCall call, KernelVersion version, Tensor<T> tensor, void* start)
    {
        if (version.Shape.Tensors is null)
        {
            call.PushPinned(start, [tensor.FlattenedLength]);
        }
        else
        {
            call.PushPinned(start, tensor.Lengths);
        }
    }

    /// <summary>The tensor, or a dense copy of it when its elements do not lie in order.</summary>
    public static Tensor<T> ToRowMajor<T>(Tensor<T> tensor) =>
        IsRowMajor(tensor.Lengths, tensor.Strides) ? tensor : CopyToRowMajor(tensor);

    /// <summary>Where a tensor's first element lies.</summary>
    /// <exception cref="ArgumentNullException">The tensor is null.</exception>
    public static ref T Start<T>(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor, "destination");
        return ref Unsafe.AsRef(in TensorMarshal.GetReference(tensor.AsReadOnlyTensorSpan()));
    }

    /// <summary>Calls the kernel.</summary>
    /// <exception cref="Exception">A check inside the kernel failed: the exception that C# code would throw, naming the line.</exception>
    public static void Run(KernelCall call, KernelVersion version)
    {
        var native = version.Native!;
        call.Run((delegate* unmanaged<void*, void*, void>)native.Packed, native.Kernel.Errors);
        GC.KeepAlive(native);
    }

    /// <summary>Calls the kernel, in the variant that measured best if variants are measured.</summary>
    /// <exception cref="Exception">As for <see cref="Run"/>.</exception>
    public static void RunTuned(KernelCall call, KernelVersion version)
    {
        var native = version.Tuning is { } tuning ? tuning.Choose(call) : version.Native!;
        call.Run((delegate* unmanaged<void*, void*, void>)native.Packed, native.Kernel.Errors);
        GC.KeepAlive(native);
    }

    /// <summary>Notes that general code has accepted the sizes of a call.</summary>
    public void Confirm(KernelVersion version, ref ShapeState shapes)
    {
        var exact = shapes.ToShape();
        if (version.Shape != exact)
        {
            code.Confirm(exact);
        }
    }

    /// <summary>Has a tensor result written into given memory, which the caller has pinned; comes after all arguments.</summary>
    /// <exception cref="ArgumentException">The destination overlaps another one.</exception>
    public static void SetDestination<T>(
        KernelCall call,
        KernelVersion version,
        int index,
        Tensor<T> destination,
        void* start
    ) =>
        call.SetDestination(
            index,
            destination,
            start,
            isDense: IsRowMajor(destination.Lengths, destination.Strides),
            inPlace: version.IsElementwise
        );

    /// <summary>Ends what <see cref="SetDestination"/> began.</summary>
    /// <exception cref="ArgumentException">The destination has another shape than the result.</exception>
    public static void FinishDestination<T>(
        KernelCall call,
        KernelVersion version,
        int index,
        Tensor<T> destination,
        ref ShapeState shapes
    )
    {
        var shape = version.Shape.Tensors is null ? shapes.First : call.ResultShape(index);
        if (!destination.Lengths.SequenceEqual(shape))
        {
            throw KernelCall.WrongDestination(index, shape, destination.Lengths);
        }

        call.FinishDestination(index, destination);
    }

    /// <summary>A scalar result.</summary>
    public static T Scalar<T>(KernelCall call, int index)
        where T : unmanaged => call.Scalar<T>(index);

    /// <summary>A tensor result, of the arguments' shape when the flat version ran.</summary>
    public static Tensor<T> TensorResult<T>(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
        version.Shape.Tensors is null ? call.TensorResult<T>(index, shapes.First) : call.TensorResult<T>(index);

    /// <summary>A one-dimensional array result.</summary>
    public static T[] ArrayResult<T>(KernelCall call, int index)
        where T : unmanaged
    {
        Span<long> shape = stackalloc long[1];
        return KernelCall.Elements<T>(call.ArrayResult(index, shape));
    }

    /// <summary>A result that is an array of two or more dimensions.</summary>
    public static Array GridResult<T>(KernelCall call, int index, int rank)
        where T : unmanaged
    {
        Span<long> shape = stackalloc long[rank];
        return ArrayShapes.Shape(call.ArrayResult(index, shape), typeof(T), shape);
    }

    /// <summary>A string result.</summary>
    public static string StringResult(KernelCall call, int index)
    {
        Span<long> shape = stackalloc long[1];
        return new string(MemoryMarshal.Cast<ushort, char>((ushort[])call.ArrayResult(index, shape)));
    }

    private static bool IsRowMajor(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint expected = 1;
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] != 1)
            {
                if (strides[i] != expected && lengths[i] != 0)
                {
                    return false;
                }

                expected *= lengths[i];
            }
        }

        return true;
    }

    private static Tensor<T> CopyToRowMajor<T>(Tensor<T> tensor)
    {
        var dense = Tensor.CreateFromShapeUninitialized<T>(tensor.Lengths);
        tensor.CopyTo(dense);
        return dense;
    }
}
