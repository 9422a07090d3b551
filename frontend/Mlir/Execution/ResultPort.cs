using Mlir.Frontend.Layouts;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Takes one leaf of a kernel's results, boxed.</summary>
internal abstract class ResultPort
{
    /// <summary>The port for a leaf.</summary>
    public static ResultPort Of(LayoutLeaf leaf) =>
        leaf.Kind switch
        {
            LeafKind.Scalar => Make(typeof(Scalar<>), leaf.ClrType),
            LeafKind.Tensor => Make(typeof(Tensors<>), leaf.ClrType.GetGenericArguments()[0]),
            LeafKind.String => new Strings(),
            _ when leaf.Rank == 1 => Make(typeof(Arrays<>), leaf.ClrType.GetElementType()!),
            _ => Make(typeof(Grids<>), leaf.ClrType.GetElementType()!, leaf.Rank),
        };

    /// <summary>Takes the leaf.</summary>
    /// <param name="call">The call that has run.</param>
    /// <param name="version">What ran.</param>
    /// <param name="index">The leaf's position among the results.</param>
    /// <param name="shapes">The shapes of the arguments.</param>
    public abstract object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes);

    private static ResultPort Make(Type port, Type element, params object[] arguments) =>
        (ResultPort)Activator.CreateInstance(port.MakeGenericType(element), arguments)!;

    private sealed class Scalar<T> : ResultPort
        where T : unmanaged
    {
        public override object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
            PackedInvoker.Scalar<T>(call, index);
    }

    private sealed class Tensors<T> : ResultPort
    {
        public override object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
            PackedInvoker.TensorResult<T>(call, version, index, ref shapes);
    }

    private sealed class Strings : ResultPort
    {
        public override object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
            PackedInvoker.StringResult(call, index);
    }

    private sealed class Arrays<T> : ResultPort
        where T : unmanaged
    {
        public override object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
            PackedInvoker.ArrayResult<T>(call, index);
    }

    private sealed class Grids<T>(int rank) : ResultPort
        where T : unmanaged
    {
        public override object Take(KernelCall call, KernelVersion version, int index, ref ShapeState shapes) =>
            PackedInvoker.GridResult<T>(call, index, rank);
    }
}
