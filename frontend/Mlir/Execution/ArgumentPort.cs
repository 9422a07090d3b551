using System.Numerics.Tensors;
using Mlir.Frontend.Layouts;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Passes one boxed leaf to a kernel.</summary>
internal abstract class ArgumentPort
{
    /// <summary>The port for a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="name">What errors call it.</param>
    public static ArgumentPort Of(LayoutLeaf leaf, string name) =>
        leaf.Kind switch
        {
            LeafKind.Scalar => (ArgumentPort)Activator.CreateInstance(typeof(Scalar<>).MakeGenericType(leaf.ClrType))!,
            LeafKind.Tensor => (ArgumentPort)
                Activator.CreateInstance(typeof(Tensors<>).MakeGenericType(leaf.ClrType.GetGenericArguments()), name)!,
            LeafKind.String => new Strings(name),
            _ => new Arrays(name),
        };

    /// <summary>Looks at the shapes of all tensors among some leaves.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="leaves">A leaf for each.</param>
    /// <param name="shapes">What is found out.</param>
    /// <param name="always">Whether their classes are written down even if all have one shape.</param>
    /// <returns>Whether their classes were written down.</returns>
    public static bool Look(ArgumentPort[] ports, object[] leaves, ref ShapeState shapes, bool always)
    {
        for (var i = 0; i < ports.Length; i++)
        {
            ports[i].Look(ref shapes, leaves[i]);
        }

        if (!shapes.Differ && !always)
        {
            return false;
        }

        for (var i = 0; i < ports.Length; i++)
        {
            ports[i].Add(ref shapes, leaves[i]);
        }

        return true;
    }

    /// <summary>Looks at a tensor's shape.</summary>
    public virtual void Look(ref ShapeState shapes, object value) { }

    /// <summary>Writes down the class of a tensor's shape.</summary>
    public virtual void Add(ref ShapeState shapes, object value) { }

    /// <summary>Passes the leaf.</summary>
    public abstract void Push(KernelCall call, KernelVersion version, object value);

    private sealed class Scalar<T> : ArgumentPort
        where T : unmanaged
    {
        public override void Push(KernelCall call, KernelVersion version, object value) => call.Push((T)value);
    }

    private sealed class Tensors<T>(string name) : ArgumentPort
    {
        public override void Look(ref ShapeState shapes, object value) => shapes.Look((Tensor<T>)value, name);

        public override void Add(ref ShapeState shapes, object value) => shapes.Add((Tensor<T>)value);

        public override void Push(KernelCall call, KernelVersion version, object value) =>
            PackedInvoker.PushTensor(call, version, (Tensor<T>)value);
    }

    private sealed class Strings(string name) : ArgumentPort
    {
        public override void Push(KernelCall call, KernelVersion version, object value) =>
            PackedInvoker.PushString(call, (string)value, name);
    }

    private sealed class Arrays(string name) : ArgumentPort
    {
        public override void Push(KernelCall call, KernelVersion version, object value) =>
            PackedInvoker.PushArray(call, (Array)value, name);
    }
}
