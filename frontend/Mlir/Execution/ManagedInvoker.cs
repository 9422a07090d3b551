using System.Numerics.Tensors;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.Runtime;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Calls a kernel that has no machine code: arguments and results travel boxed.</summary>
/// <param name="code">The kernel.</param>
internal sealed class ManagedInvoker(KernelCode code)
{
    /// <summary>Calls the kernel with the arguments in the order of <see cref="ImportedKernel.Arguments"/>.</summary>
    /// <returns>The results, each of its exact C# type.</returns>
    public object[] Call(object[] arguments)
    {
        var declared = code.Imported.Arguments;
        var views = new TensorView?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(arguments[i], declared[i].Name);
            if (declared[i].Kind == LeafKind.Tensor)
            {
                views[i] = TensorView.Of(arguments[i], arguments[i].GetType().GetGenericArguments()[0]);
            }
        }

        var shapes = views.OfType<TensorView>().Select(v => v.Lengths).ToArray();
        var version =
            code.SameShape is { } same && shapes.All(s => s.AsSpan().SequenceEqual(shapes[0]))
                ? same
                : code.GetVersion(
                    new KernelShape(new IR.EquatableArray<TensorShape>?([.. shapes.Select(s => TensorShape.Of(s))]))
                );
        var flat = version.Shape.Tensors is null;
        var parameters = version.Module.Functions.Single(f => f.Name == ImportedKernel.EntryPoint).Signature.Parameters;
        var inputs = new object[arguments.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var signless = parameters[i].ElementType;
            inputs[i] =
                views[i] is { } view
                    ? new HostBuffer(
                        ArrayShapes.Flatten(view.Data, signless),
                        flat ? [view.Data.Length] : [.. view.Lengths.Select(l => (long)l)]
                    )
                : arguments[i] is Array array
                    ? new HostBuffer(
                        ArrayShapes.Flatten(array, signless),
                        [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)]
                    )
                : arguments[i] is string text
                    ? new HostBuffer(ArrayShapes.Flatten(text.ToCharArray(), signless), text.Length)
                : ElementTypes.FromSlot(signless, ElementTypes.ToSlot(Underlying(arguments[i])));
        }

        var outputs = version.Module.Invoke(ImportedKernel.EntryPoint, inputs);
        var results = new object[outputs.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var sameShape = flat ? shapes.FirstOrDefault() ?? [] : null;
            results[i] = Result(version.Imported.Results[i], outputs[i], sameShape);
        }

        return results;
    }

    /// <summary>Copies a result into given memory.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void CopyInto<T>(Tensor<T> result, Tensor<T> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.Lengths.SequenceEqual(result.Lengths))
        {
            throw KernelCall.WrongDestination(0, result.Lengths, destination.Lengths);
        }

        result.CopyTo(destination);
    }

    private static object Result(LayoutLeaf leaf, object output, nint[]? sameShape)
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

        var element = leaf.ClrType.GetGenericArguments()[0];
        return TensorView.Make(
            ArrayShapes.Shape(buffer.Data, element, [buffer.Count]),
            sameShape ?? [.. buffer.Shape.Select(s => (nint)s)],
            element
        );
    }

    private static object Underlying(object value) =>
        value is Enum
            ? Convert.ChangeType(
                value,
                value.GetType().GetEnumUnderlyingType(),
                System.Globalization.CultureInfo.InvariantCulture
            )
            : value;

    private static object ToClr(object value, Type type) =>
        type == typeof(nint) ? (nint)(long)value
        : type == typeof(nuint) ? (nuint)(ulong)value
        : type == typeof(char) ? (char)(ushort)value
        : value;
}
