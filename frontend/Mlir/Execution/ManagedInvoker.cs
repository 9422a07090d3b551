using System.Numerics.Tensors;
using Mlir.Frontend.Expressions;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>Calls a kernel that has no machine code: arguments and results travel boxed.</summary>
/// <param name="code">The kernel.</param>
internal sealed class ManagedInvoker(KernelCode code)
{
    /// <summary>Calls the kernel with the arguments in the order of <see cref="ImportedKernel.Arguments"/>.</summary>
    /// <returns>The results, each of its exact C# type.</returns>
    public object[] Call(object[] arguments)
    {
        var declared = code.SameShape.Imported.Arguments;
        var views = new TensorView?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (declared[i].Kind == ArgumentKind.Tensor)
            {
                ArgumentNullException.ThrowIfNull(arguments[i], declared[i].Captured?.Member.Name ?? $"argument {i}");
                views[i] = TensorView.Of(arguments[i], declared[i].Element.ClrType);
            }
        }

        var shapes = views.OfType<TensorView>().Select(v => v.Lengths).ToArray();
        var same = shapes.All(s => s.AsSpan().SequenceEqual(shapes[0]));
        var version = same
            ? code.SameShape
            : code.GetVersion(
                new KernelShape(new IR.EquatableArray<TensorShape>?([.. shapes.Select(s => TensorShape.Of(s))]))
            );
        var parameters = version.Module.Functions.Single(f => f.Name == ImportedKernel.EntryPoint).Signature.Parameters;
        var inputs = new object[arguments.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var signless = parameters[i].ElementType;
            inputs[i] =
                views[i] is { } view
                    ? new HostBuffer(
                        Retype(view.Data, signless),
                        same ? [view.Data.Length] : [.. view.Lengths.Select(l => (long)l)]
                    )
                : arguments[i] is Array array ? new HostBuffer(Retype(array, signless), array.Length)
                : ElementTypes.FromSlot(signless, ElementTypes.ToSlot(Underlying(arguments[i])));
        }

        var outputs = version.Module.Invoke(ImportedKernel.EntryPoint, inputs);
        var results = new object[outputs.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var wanted = version.Imported.Results[i];
            var element = ElementTypes.Of(wanted.Element.ClrType);
            results[i] = outputs[i] is HostBuffer buffer
                ? wanted.Kind == ArgumentKind.Array
                    ? Retype(buffer.Data, element)
                    : TensorView.Make(
                        Retype(buffer.Data, element),
                        same ? shapes.FirstOrDefault() ?? [] : [.. buffer.Shape.Select(s => (nint)s)],
                        wanted.Element.ClrType
                    )
                : ToClr(ElementTypes.FromSlot(element, ElementTypes.ToSlot(outputs[i])), wanted.Element.ClrType);
        }

        return results;
    }

    /// <summary>The same bits as an array of another element type of equal size.</summary>
    private static Array Retype(Array array, ElementType type)
    {
        var copy = type.NewArray(array.Length);
        new HostBuffer(array, array.Length).AsBytes().CopyTo(new HostBuffer(copy, copy.Length).AsBytes());
        return copy;
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
