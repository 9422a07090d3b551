using System.Globalization;
using Mlir.Backends.Gpu.Memory;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>
/// Passes leaves of C# values to and from kernels that take them boxed: on the host as what C# has, on a device as an <see cref="IDeviceArray"/>.
/// </summary>
internal static class BoxedLeaves
{
    /// <summary>What the entry point of a compiled module takes.</summary>
    /// <param name="code">The kernel.</param>
    /// <param name="leaves">The arguments in the order of <see cref="ImportedKernel.Arguments"/>.</param>
    /// <param name="inputs">The arguments as the module takes them.</param>
    /// <param name="sameShape">What tensors among the results are shaped like; null where they say so themselves.</param>
    /// <returns>The version that fits the shapes.</returns>
    public static KernelVersion ToInputs(KernelCode code, object[] leaves, out object[] inputs, out nint[]? sameShape)
    {
        var declared = code.Imported.Arguments;
        var arrays = new object?[leaves.Length]; // tensors, as what has sizes
        var shapes = new List<nint[]>();
        for (var i = 0; i < leaves.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(leaves[i], declared[i].Name);
            if (declared[i].Kind == LeafKind.Tensor)
            {
                arrays[i] = leaves[i] as IDeviceArray ?? (object)TensorView.Of(leaves[i], ElementOf(declared[i].Leaf));
                shapes.Add(
                    arrays[i] is IDeviceArray there
                        ? [.. there.Lengths.ToArray().Select(static l => (nint)l)]
                        : ((TensorView)arrays[i]!).Lengths
                );
            }
        }

        var version = code.VersionFor(shapes);
        var isFlat = version.Shape.Tensors is null;
        sameShape = isFlat ? shapes.FirstOrDefault() ?? [] : null;
        var parameters = version.Module.Functions.Single(f => f.Name == ImportedKernel.EntryPoint).Signature.Parameters;
        inputs = new object[leaves.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ToInput(arrays[i] ?? leaves[i], parameters[i].ElementType, isFlat && arrays[i] is not null);
        }

        return version;
    }

    /// <summary>A leaf of a result, of its exact C# type.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="output">What the entry point returned.</param>
    /// <param name="sameShape">The sizes of a tensor; null where the output says them.</param>
    public static object FromOutput(LayoutLeaf leaf, object output, nint[]? sameShape = null)
    {
        if (output is not HostBuffer buffer)
        {
            var scalar = ToClr(
                ElementTypes.FromSlot(ElementTypes.Of(leaf.Element.ClrType), ElementTypes.ToSlot(output)),
                leaf.Element.ClrType
            );
            return leaf.ClrType.IsEnum ? Enum.ToObject(leaf.ClrType, scalar) : scalar;
        }

        if (leaf.Kind == LeafKind.String)
        {
            return new string((char[])ArrayShapes.Shape(buffer.Data, typeof(char), [buffer.Count]));
        }

        if (leaf.Kind == LeafKind.Array)
        {
            return ArrayShapes.Shape(buffer.Data, leaf.ClrType.GetElementType()!, buffer.Shape.AsSpan());
        }

        var element = ElementOf(leaf);
        return TensorView.Make(
            ArrayShapes.Shape(buffer.Data, element, [buffer.Count]),
            sameShape ?? [.. buffer.Shape.Select(s => (nint)s)],
            element
        );
    }

    /// <summary>A copy of a leaf that is no scalar, as a device takes it.</summary>
    public static HostBuffer ToBuffer(LayoutLeaf leaf, object value) =>
        (HostBuffer)ToInput(
            leaf.Kind == LeafKind.Tensor ? TensorView.Of(value, ElementOf(leaf)) : value,
            ElementTypes.Of(leaf.Element.ClrType),
            isFlat: false
        );

    private static Type ElementOf(LayoutLeaf tensor) => tensor.ClrType.GetGenericArguments()[0];

    private static object ToInput(object value, ElementType signless, bool isFlat) =>
        value switch
        {
            IDeviceArray there => isFlat ? there.WithLengths([there.Length]) : there,
            TensorView view => new HostBuffer(
                view.Flatten(signless),
                isFlat ? [view.Count] : [.. view.Lengths.Select(l => (long)l)]
            ),
            Array array => new HostBuffer(
                ArrayShapes.Flatten(array, signless),
                [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)]
            ),
            string text => new HostBuffer(ArrayShapes.Flatten(text.ToCharArray(), signless), text.Length),
            _ => ElementTypes.FromSlot(signless, ElementTypes.ToSlot(Underlying(value))),
        };

    private static object Underlying(object value) =>
        value is Enum
            ? Convert.ChangeType(value, value.GetType().GetEnumUnderlyingType(), CultureInfo.InvariantCulture)
            : value;

    private static object ToClr(object value, Type type) =>
        type == typeof(nint) ? (nint)(long)value
        : type == typeof(nuint) ? (nuint)(ulong)value
        : type == typeof(char) ? (char)(ushort)value
        : value;
}
