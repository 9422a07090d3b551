using System.Globalization;
using System.Runtime.InteropServices;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Overloads;

/// <summary>What a value on the wire is, and its conversion to a parameter's type.</summary>
internal static class Values
{
    private const int MaxShownText = 32;

    /// <summary>The C# type of a value.</summary>
    /// <exception cref="ProtocolException">The value is missing, or does not fit the type that it says it has.</exception>
    public static DataType TypeOf(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.Text:
            case Value.KindOneofCase.Utf16:
                return DataTypes.Text;
            case Value.KindOneofCase.Array:
                if (!NumericConversions.IsKnown(value.Array.Element))
                {
                    throw Invalid($"{(int)value.Array.Element} is no kind of scalar that this version knows");
                }

                return DataTypes.Array(value.Array.Element, (uint)value.Array.Shape.Count);
            case Value.KindOneofCase.Struct:
                var type = new StructType();
                foreach (var field in value.Struct.Fields)
                {
                    type.Fields.Add(new Field { Type = TypeOf(field) });
                }

                return new DataType { Struct = type };
            default:
                ToSlot(value); // checks the range
                return DataTypes.Scalar(KindOf(value));
        }
    }

    /// <summary>Converts a value to a type that C# converts it to implicitly.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">A type that <see cref="DataTypes.IsImplicit"/> allows.</param>
    /// <returns>The value itself where it is of that type already.</returns>
    /// <exception cref="ProtocolException">C# does not convert the value to that type implicitly.</exception>
    public static Value Convert(Value value, DataType type)
    {
        switch (type.KindCase)
        {
            case DataType.KindOneofCase.Scalar when IsScalar(value):
                return KindOf(value) == type.Scalar ? value : Convert(value, type.Scalar);
            case DataType.KindOneofCase.Struct when value.KindCase == Value.KindOneofCase.Struct:
                var fields = value.Struct.Fields;
                if (fields.Count == type.Struct.Fields.Count)
                {
                    var converted = new StructValue();
                    for (var i = 0; i < fields.Count; i++)
                    {
                        converted.Fields.Add(Convert(fields[i], type.Struct.Fields[i].Type));
                    }

                    return new Value { Struct = converted };
                }

                break;
            case DataType.KindOneofCase.Array or DataType.KindOneofCase.Text:
                if (DataTypes.IsImplicit(TypeOf(value), type))
                {
                    return value;
                }

                break;
        }

        throw Invalid($"{CSharpText(value)} cannot be converted to {DataTypes.CSharpText(type)}");
    }

    /// <summary>The bits of a scalar in an 8-byte slot: the value in the low bytes, the rest zero.</summary>
    /// <exception cref="ProtocolException">The value is no scalar, or does not fit the type that it says it has.</exception>
    public static long ToSlot(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.Bool => value.Bool ? 1 : 0,
            Value.KindOneofCase.Int8 => (byte)Fit(value.Int8, sbyte.MinValue, sbyte.MaxValue, "sbyte"),
            Value.KindOneofCase.Int16 => (ushort)Fit(value.Int16, short.MinValue, short.MaxValue, "short"),
            Value.KindOneofCase.Int32 => (uint)value.Int32,
            Value.KindOneofCase.Int64 => value.Int64,
            Value.KindOneofCase.Uint8 => Fit(value.Uint8, 0, byte.MaxValue, "byte"),
            Value.KindOneofCase.Uint16 => Fit(value.Uint16, 0, ushort.MaxValue, "ushort"),
            Value.KindOneofCase.Uint32 => value.Uint32,
            Value.KindOneofCase.Uint64 => (long)value.Uint64,
            Value.KindOneofCase.Float16 => Fit(value.Float16, 0, ushort.MaxValue, "Half"),
            Value.KindOneofCase.Float32 => BitConverter.SingleToUInt32Bits(value.Float32),
            Value.KindOneofCase.Float64 => BitConverter.DoubleToInt64Bits(value.Float64),
            Value.KindOneofCase.Char => Fit(value.Char, 0, char.MaxValue, "char"),
            Value.KindOneofCase.None => throw Invalid("a value is missing"),
            _ => throw Invalid($"{CSharpText(value)} is no scalar"),
        };

    /// <summary>The scalar that a slot holds; bytes above the value are ignored.</summary>
    public static Value FromSlot(ScalarKind kind, long slot) =>
        kind switch
        {
            ScalarKind.Bool => new Value { Bool = (slot & 1) != 0 },
            ScalarKind.Int8 => new Value { Int8 = (sbyte)slot },
            ScalarKind.Int16 => new Value { Int16 = (short)slot },
            ScalarKind.Int32 => new Value { Int32 = (int)slot },
            ScalarKind.Int64 => new Value { Int64 = slot },
            ScalarKind.Uint8 => new Value { Uint8 = (byte)slot },
            ScalarKind.Uint16 => new Value { Uint16 = (ushort)slot },
            ScalarKind.Uint32 => new Value { Uint32 = (uint)slot },
            ScalarKind.Uint64 => new Value { Uint64 = (ulong)slot },
            ScalarKind.Float16 => new Value { Float16 = (ushort)slot },
            ScalarKind.Float32 => new Value { Float32 = BitConverter.UInt32BitsToSingle((uint)slot) },
            ScalarKind.Float64 => new Value { Float64 = BitConverter.Int64BitsToDouble(slot) },
            ScalarKind.Char => new Value { Char = (ushort)slot },
            _ => throw Invalid($"{(int)kind} is no kind of scalar that this version knows"),
        };

    /// <summary>Text as a value: as UTF-8 where it is valid Unicode, else its code units.</summary>
    public static Value OfText(string text) => OfText(text.AsSpan(), text);

    /// <inheritdoc cref="OfText(string)"/>
    public static Value OfText(ReadOnlySpan<char> text) => OfText(text, null);

    /// <summary>The text of a value.</summary>
    /// <exception cref="ProtocolException">The value is no text.</exception>
    public static string ToText(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.Text => value.Text,
            Value.KindOneofCase.Utf16 when value.Utf16.Length % 2 == 0 => new string(
                MemoryMarshal.Cast<byte, char>(value.Utf16.Span)
            ),
            Value.KindOneofCase.Utf16 => throw Invalid("UTF-16 text has an even number of bytes"),
            _ => throw Invalid($"{CSharpText(value)} is no text"),
        };

    /// <summary>The value as C# writes it, shortened where it is long.</summary>
    public static string CSharpText(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.None => "nothing",
            Value.KindOneofCase.Bool => value.Bool ? "true" : "false",
            Value.KindOneofCase.Char => $"'\\u{value.Char:x4}'",
            Value.KindOneofCase.Float16 => BitConverter
                .UInt16BitsToHalf((ushort)value.Float16)
                .ToString(CultureInfo.InvariantCulture),
            Value.KindOneofCase.Float32 => value.Float32.ToString(CultureInfo.InvariantCulture) + "f",
            Value.KindOneofCase.Float64 => value.Float64.ToString(CultureInfo.InvariantCulture),
            Value.KindOneofCase.Uint64 => value.Uint64.ToString(CultureInfo.InvariantCulture),
            Value.KindOneofCase.Text => value.Text.Length <= MaxShownText
                ? $"\"{value.Text}\""
                : $"\"{value.Text.AsSpan(0, MaxShownText)}…\"",
            Value.KindOneofCase.Utf16 => "text that is no valid Unicode",
            Value.KindOneofCase.Array =>
                $"an array of {value.Array.Element.CSharpName} [{string.Join(", ", value.Array.Shape)}]",
            Value.KindOneofCase.Struct => $"({string.Join(", ", value.Struct.Fields.Select(CSharpText))})",
            _ => Integer(value).ToString(CultureInfo.InvariantCulture),
        };

    private static bool IsScalar(Value value) =>
        value.KindCase
            is not (
                Value.KindOneofCase.None
                or Value.KindOneofCase.Text
                or Value.KindOneofCase.Utf16
                or Value.KindOneofCase.Array
                or Value.KindOneofCase.Struct
            );

    private static ScalarKind KindOf(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.Bool => ScalarKind.Bool,
            Value.KindOneofCase.Int8 => ScalarKind.Int8,
            Value.KindOneofCase.Int16 => ScalarKind.Int16,
            Value.KindOneofCase.Int32 => ScalarKind.Int32,
            Value.KindOneofCase.Int64 => ScalarKind.Int64,
            Value.KindOneofCase.Uint8 => ScalarKind.Uint8,
            Value.KindOneofCase.Uint16 => ScalarKind.Uint16,
            Value.KindOneofCase.Uint32 => ScalarKind.Uint32,
            Value.KindOneofCase.Uint64 => ScalarKind.Uint64,
            Value.KindOneofCase.Float16 => ScalarKind.Float16,
            Value.KindOneofCase.Float32 => ScalarKind.Float32,
            Value.KindOneofCase.Float64 => ScalarKind.Float64,
            Value.KindOneofCase.Char => ScalarKind.Char,
            _ => throw Invalid("a value is missing"),
        };

    private static Value Convert(Value value, ScalarKind to)
    {
        var from = KindOf(value);
        if (!NumericConversions.IsImplicit(from, to))
        {
            throw Invalid(
                $"{from.CSharpName} {CSharpText(value)} cannot be converted to {to.CSharpName} without loss: convert it before the call"
            );
        }

        ToSlot(value); // checks the range
        if (from == ScalarKind.Float32)
        {
            return new Value { Float64 = value.Float32 };
        }

        return (to, from) switch
        {
            (ScalarKind.Float64, ScalarKind.Uint64) => new Value { Float64 = value.Uint64 },
            (ScalarKind.Float32, ScalarKind.Uint64) => new Value { Float32 = value.Uint64 },
            (ScalarKind.Float64, _) => new Value { Float64 = Integer(value) },
            (ScalarKind.Float32, _) => new Value { Float32 = Integer(value) },
            (ScalarKind.Float16, _) => new Value { Float16 = BitConverter.HalfToUInt16Bits((Half)Integer(value)) },
            _ => FromSlot(to, Integer(value)),
        };
    }

    /// <summary>An integer of any kind but <c>ulong</c>, which converts to no other integer.</summary>
    private static long Integer(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.Int8 => value.Int8,
            Value.KindOneofCase.Int16 => value.Int16,
            Value.KindOneofCase.Int32 => value.Int32,
            Value.KindOneofCase.Int64 => value.Int64,
            Value.KindOneofCase.Uint8 => value.Uint8,
            Value.KindOneofCase.Uint16 => value.Uint16,
            Value.KindOneofCase.Uint32 => value.Uint32,
            Value.KindOneofCase.Char => value.Char,
            _ => throw Invalid($"{value.KindCase} is no integer"),
        };

    private static long Fit(long value, long low, long high, string type) =>
        value >= low && value <= high ? value : throw Invalid($"{value} is no {type}");

    private static Value OfText(ReadOnlySpan<char> text, string? same)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                var bytes = Google.Protobuf.ByteString.CopyFrom(MemoryMarshal.AsBytes(text));
                return new Value { Utf16 = bytes };
            }

            i++;
        }

        return new Value { Text = same ?? text.ToString() };
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
