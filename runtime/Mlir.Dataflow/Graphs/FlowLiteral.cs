using System.Diagnostics.CodeAnalysis;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>Values that stand in the graph itself: numbers, truth values, characters, strings, enumerations and null.</summary>
internal static class FlowLiteral
{
    /// <summary>The attribute for a value; false for one that must be an input.</summary>
    public static bool TryMake(object? value, [NotNullWhen(true)] out IrAttribute? attribute)
    {
        attribute = value switch
        {
            null => UnitAttr.Instance,
            bool x => IntegerAttr.Get(x),
            sbyte x => IntegerAttr.Get(IntegerType.I8, x),
            short x => IntegerAttr.Get(IntegerType.I16, x),
            int x => IntegerAttr.Get(IntegerType.I32, x),
            long x => IntegerAttr.Get(IntegerType.I64, x),
            Int128 x => IntegerAttr.Get(IntegerType.Get(128), x),
            nint x => IntegerAttr.Get(IntegerType.I64, x),
            byte x => Unsigned(8, x),
            ushort x => Unsigned(16, x),
            char x => Unsigned(16, x),
            uint x => Unsigned(32, x),
            ulong x => Unsigned(64, x),
            nuint x => Unsigned(64, x),
            Half x => FloatAttr.FromBits(FloatType.F16, BitConverter.HalfToUInt16Bits(x)),
            float x => FloatAttr.FromBits(FloatType.F32, BitConverter.SingleToUInt32Bits(x)),
            double x => FloatAttr.FromBits(FloatType.F64, BitConverter.DoubleToUInt64Bits(x)),
            // Half a surrogate pair cannot be written down.
            string x => IsWellFormed(x) ? StringAttr.Get(x) : null,
            Enum x => MakeEnum(x),
            _ => null,
        };
        return attribute is not null;
    }

    /// <summary>The value of type <paramref name="type"/> that an attribute stands for.</summary>
    /// <exception cref="FormatException">The attribute stands for no such value.</exception>
    public static object? Read(IrAttribute attribute, Type type)
    {
        if (attribute is UnitAttr && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
        {
            return null;
        }

        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (kind.IsEnum)
        {
            return Enum.ToObject(kind, Read(attribute, Enum.GetUnderlyingType(kind))!);
        }

        return Find(attribute, kind) is { } value && TryMake(value, out var again) && again == attribute
            ? value
            : throw new FormatException($"{attribute} is no literal of type {TypeName.Of(type)}");
    }

    private static object? Find(IrAttribute attribute, Type kind) =>
        attribute switch
        {
            StringAttr x when kind == typeof(string) => x.Value,
            FloatAttr x when kind == typeof(double) => BitConverter.UInt64BitsToDouble((ulong)x.Bits),
            FloatAttr x when kind == typeof(float) => BitConverter.UInt32BitsToSingle((uint)x.Bits),
            FloatAttr x when kind == typeof(Half) => BitConverter.UInt16BitsToHalf((ushort)x.Bits),
            IntegerAttr x => FindInteger(x.Value, kind),
            _ => null,
        };

    // What the type cannot hold wraps; the caller sees that it is another literal then.
    private static object? FindInteger(Int128 value, Type kind) =>
        unchecked(
            Type.GetTypeCode(kind) switch
            {
                TypeCode.Boolean => value != 0,
                TypeCode.SByte => (sbyte)value,
                TypeCode.Int16 => (short)value,
                TypeCode.Int32 => (int)value,
                TypeCode.Int64 => (long)value,
                TypeCode.Byte => (byte)value,
                TypeCode.UInt16 => (ushort)value,
                TypeCode.Char => (char)value,
                TypeCode.UInt32 => (uint)value,
                TypeCode.UInt64 => (ulong)value,
                _ when kind == typeof(nint) => (nint)value,
                _ when kind == typeof(nuint) => (nuint)value,
                _ when kind == typeof(Int128) => value,
                _ => (object?)null,
            }
        );

    private static IntegerAttr Unsigned(int width, ulong value) =>
        IntegerAttr.Get(IntegerType.Get(width, Signedness.Unsigned), value);

    private static IrAttribute? MakeEnum(Enum value) =>
        TryMake(
            Convert.ChangeType(
                value,
                Enum.GetUnderlyingType(value.GetType()),
                System.Globalization.CultureInfo.InvariantCulture
            ),
            out var attribute
        )
            ? attribute
            : null;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
