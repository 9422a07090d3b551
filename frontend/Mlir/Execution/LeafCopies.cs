using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Memory;
using Mlir.Frontend.Layouts;

namespace Mlir.Execution;

/// <summary>Copies leaves of C# values between the host and devices. Either all are copied, or nothing is left.</summary>
internal static class LeafCopies
{
    /// <summary>Copies the leaves of a value.</summary>
    /// <param name="layout">The value's layout.</param>
    /// <param name="leaves">The leaves.</param>
    /// <param name="target">Where they go; null for the host.</param>
    public static object[] Make(TypeLayout layout, object[] leaves, GpuDevice? target)
    {
        var copies = new object[leaves.Length];
        try
        {
            for (var i = 0; i < leaves.Length; i++)
            {
                copies[i] = Make(layout.Leaves[i], leaves[i], target);
            }

            return copies;
        }
        catch
        {
            Free(copies);
            throw;
        }
    }

    /// <summary>As <see cref="Make(TypeLayout, object[], GpuDevice?)"/>, without blocking a thread.</summary>
    public static async Task<object[]> MakeAsync(
        TypeLayout layout,
        object[] leaves,
        GpuDevice? target,
        CancellationToken cancellation
    )
    {
        var copies = new object[leaves.Length];
        try
        {
            for (var i = 0; i < leaves.Length; i++)
            {
                var (leaf, value) = (layout.Leaves[i], leaves[i]);
                copies[i] =
                    target is null && value is IDeviceArray there
                        ? BoxedLeaves.FromOutput(leaf, await there.ToHostAsync(cancellation).ConfigureAwait(false))
                    : target is not null && value is not IDeviceArray && leaf.Kind != LeafKind.Scalar
                        ? await IDeviceArray
                            .UploadAsync(target, BoxedLeaves.ToBuffer(leaf, value), cancellation)
                            .ConfigureAwait(false)
                    : Make(leaf, value, target);
            }

            return copies;
        }
        catch
        {
            Free(copies);
            throw;
        }
    }

    /// <summary>Gives the memory of those back that lie on a device.</summary>
    public static void Free(object[] leaves)
    {
        foreach (var array in leaves.OfType<IDeviceArray>())
        {
            array.Dispose();
        }
    }

    private static object Make(LayoutLeaf leaf, object value, GpuDevice? target) =>
        leaf.Kind == LeafKind.Scalar ? value
        : target is null
            ? BoxedLeaves.FromOutput(
                leaf,
                value is IDeviceArray there ? there.ToHost() : BoxedLeaves.ToBuffer(leaf, value)
            )
        : value is IDeviceArray elsewhere ? elsewhere.CopyTo(target)
        : IDeviceArray.Upload(target, BoxedLeaves.ToBuffer(leaf, value));
}
