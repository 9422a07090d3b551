using System.Globalization;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Runtime;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;

namespace Mlir.Remote.Functions;

/// <summary>Boxed C# scalars and the slots that carry them.</summary>
internal static class Scalars
{
    /// <summary>The slot of a boxed scalar or enumeration value.</summary>
    public static long ToSlot(object value) =>
        value is Enum
            ? ElementTypes.ToSlot(
                System.Convert.ChangeType(value, value.GetType().GetEnumUnderlyingType(), CultureInfo.InvariantCulture)
            )
            : ElementTypes.ToSlot(value);

    /// <summary>The boxed scalar of exactly the type <paramref name="type"/> that a slot holds.</summary>
    public static object FromSlot(Type type, long slot) =>
        type == typeof(int) ? (int)slot
        : type == typeof(double) ? BitConverter.Int64BitsToDouble(slot)
        : type == typeof(char) ? (char)slot
        : type == typeof(nint) ? (nint)slot
        : type == typeof(nuint) ? (nuint)(ulong)slot
        : type.IsEnum ? Enum.ToObject(type, FromSlot(type.GetEnumUnderlyingType(), slot))
        : ElementTypes.FromSlot(ElementTypes.Of(type), slot);

    /// <summary>The boxed scalar as a parameter takes it, converted as C# converts it implicitly.</summary>
    public static object Convert(object value, LayoutLeaf leaf)
    {
        if (value.GetType() == leaf.ClrType)
        {
            return value;
        }

        var from = SignatureTypes.KindOf(value.GetType());
        var to = SignatureTypes.KindOf(leaf.Element);
        var slot = ToSlot(value);
        if (from != to)
        {
            slot = Values.ToSlot(Values.Convert(Values.FromSlot(from, slot), DataTypes.Scalar(to)));
        }

        return FromSlot(leaf.ClrType, slot);
    }

    /// <summary>The value of a boxed scalar.</summary>
    public static Value ToValue(object value, ScalarKind kind) => Values.FromSlot(kind, ToSlot(value));
}
