using System.Collections.Immutable;
using System.Numerics.Tensors;
using Mlir.IR;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Transport;
using Mlir.Runtime;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;
using Value = Mlir.Remote.Protocol.Value;

namespace Mlir.Remote.Functions;

/// <summary>An argument of a module's function: a scalar, an array of this process, or one of the server.</summary>
/// <param name="Kind">The kind of scalar, or of the elements.</param>
/// <param name="Scalar">The scalar; null for an array.</param>
/// <param name="Shape">The array's sizes.</param>
/// <param name="Memory">The bytes of an array of this process.</param>
/// <param name="Tensor">An array of the server.</param>
internal sealed record ModuleArgument(
    ScalarKind Kind,
    Value? Scalar,
    ImmutableArray<long> Shape,
    ArrayMemory? Memory,
    RemoteTensor? Tensor
)
{
    /// <summary>Reads an argument.</summary>
    /// <param name="argument">What the caller passes.</param>
    /// <param name="index">Which argument it is, for messages.</param>
    /// <param name="parameter">What the function takes.</param>
    /// <param name="type">The same in the module, where sizes may be fixed.</param>
    /// <exception cref="ArgumentException">The argument does not fit.</exception>
    public static ModuleArgument Of(object? argument, int index, KernelParameter parameter, IrType type)
    {
        ArgumentNullException.ThrowIfNull(argument, $"argument #{index}");
        var declared = ScalarKinds.Of(parameter.ElementType);
        if (parameter.IsScalar)
        {
            var value = ToScalar(argument, declared) ?? throw Mismatch(argument.GetType().Name);
            return new ModuleArgument(declared, value, [], null, null);
        }

        var array = ToArray(argument) ?? throw Mismatch(argument.GetType().Name);
        var text = $"an array of {array.Kind.CSharpName} [{string.Join(", ", array.Shape)}]";
        if (!IsSame(array.Kind.Element, parameter.ElementType) || array.Shape.Length != parameter.Rank)
        {
            throw Mismatch(text);
        }

        var sizes = ((ShapedType)type).Shape;
        for (var i = 0; i < array.Shape.Length; i++)
        {
            if (sizes[i] >= 0 && sizes[i] != array.Shape[i])
            {
                throw Mismatch(text);
            }
        }

        return array;

        ArgumentException Mismatch(string got) => new($"argument #{index} must be {type}, and is {got}");
    }

    /// <summary>Whether elements have the same bits: the IR's integers have no sign.</summary>
    private static bool IsSame(ElementType a, ElementType b) =>
        a == b || (a.Size == b.Size && IsInteger(a) && IsInteger(b));

    private static bool IsInteger(ElementType type) => type is >= ElementType.Int8 and <= ElementType.UInt64;

    private static Value? ToScalar(object argument, ScalarKind kind)
    {
        if (!argument.GetType().IsPrimitive && argument is not (Half or Enum))
        {
            return null;
        }

        var type = argument is Enum ? argument.GetType().GetEnumUnderlyingType() : argument.GetType();
        var from = SignatureTypes.KindOf(type);
        var slot = Scalars.ToSlot(argument);
        return IsSame(from.Element, kind.Element) ? Values.FromSlot(kind, slot)
            : NumericConversions.IsImplicit(from, kind)
                ? Values.Convert(Values.FromSlot(from, slot), DataTypes.Scalar(kind))
            : null;
    }

    private static ModuleArgument? ToArray(object argument)
    {
        switch (argument)
        {
            case RemoteTensor tensor:
                return new ModuleArgument(tensor.Kind, null, tensor.Shape, null, tensor);
            case HostBuffer buffer:
                var memory = ArrayMemory.Of(buffer.Data, buffer.ElementType.Size);
                return new ModuleArgument(ScalarKinds.Of(buffer.ElementType), null, buffer.Shape, memory, null);
            case Array array when array.GetType().GetElementType() is { IsArray: false } element:
                return Local(array, element);
            default:
                var type = argument.GetType();
                return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
                    ? Local(argument, type.GetGenericArguments()[0])
                    : null;
        }
    }

    private static ModuleArgument Local(object array, Type element) =>
        new(
            SignatureTypes.KindOf(element),
            null,
            ArrayElements.ShapeOf(array),
            ArrayElements.Of(element).MemoryOf(array),
            null
        );
}
