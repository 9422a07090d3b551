using System.Collections.Frozen;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>The types that travel: scalars, strings, and arrays, tensors and value tuples of these.</summary>
internal static class SerializedTypes
{
    private const byte String = 32;
    private const byte Tensor = 33;
    private const byte Tuple = 34;
    private const byte Array = 64; // plus the rank

    private const int MaxRank = 32;

    private static readonly Type[] Scalars =
    [
        typeof(bool),
        typeof(sbyte),
        typeof(short),
        typeof(int),
        typeof(long),
        typeof(byte),
        typeof(ushort),
        typeof(uint),
        typeof(ulong),
        typeof(char),
        typeof(Half),
        typeof(float),
        typeof(double),
        typeof(nint),
        typeof(nuint),
    ];

    private static readonly FrozenDictionary<Type, byte> Codes = Scalars
        .Select((type, i) => KeyValuePair.Create(type, (byte)i))
        .ToFrozenDictionary();

    private static readonly Type[] Tuples =
    [
        typeof(ValueTuple<>),
        typeof(ValueTuple<,>),
        typeof(ValueTuple<,,>),
        typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>),
        typeof(ValueTuple<,,,,,,>),
        typeof(ValueTuple<,,,,,,,>),
    ];

    /// <summary>Whether the type is a number, a truth value or a character.</summary>
    public static bool IsScalar(Type type) => Codes.ContainsKey(type);

    /// <summary>Whether the type is a <c>Tensor&lt;T&gt;</c>.</summary>
    public static bool IsTensor(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>);

    /// <summary>Whether the type is a value tuple.</summary>
    public static bool IsTuple(Type type) =>
        type is { IsGenericType: true, IsValueType: true } && typeof(ITuple).IsAssignableFrom(type);

    /// <summary>Writes a type.</summary>
    /// <exception cref="SerializationException">Values of the type do not travel.</exception>
    public static void Write(SerializedWriter writer, Type type)
    {
        if (Codes.TryGetValue(type, out var code))
        {
            writer.WriteByte(code);
        }
        else if (type == typeof(string))
        {
            writer.WriteByte(String);
        }
        else if (IsTensor(type) && Codes.TryGetValue(type.GetGenericArguments()[0], out var element))
        {
            writer.WriteByte(Tensor);
            writer.WriteByte(element);
        }
        else if (type.IsArray && Codes.TryGetValue(type.GetElementType()!, out var item))
        {
            writer.WriteByte((byte)(Array + type.GetArrayRank()));
            writer.WriteByte(item);
        }
        else if (IsTuple(type))
        {
            writer.WriteByte(Tuple);
            var items = type.GetGenericArguments();
            writer.WriteNumber(items.Length);
            foreach (var part in items)
            {
                Write(writer, part);
            }
        }
        else
        {
            throw new SerializationException(
                $"values of type {TypeName.Of(type)} do not travel between processes: scalars, strings, and arrays, tensors and tuples of these do"
            );
        }
    }

    /// <summary>Reads a type.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="SerializationException">There is none.</exception>
    public static Type Read(ref SerializedReader reader)
    {
        var left = reader.Limits.MaxItems;
        return Read(ref reader, ref left, 0);
    }

    private static Type Read(ref SerializedReader reader, ref int left, int depth)
    {
        if (left-- <= 0 || depth > MaxRank)
        {
            throw new SerializationException("a tuple has too many items");
        }

        var code = reader.ReadByte();
        switch (code)
        {
            case String:
                return typeof(string);
            case Tensor:
                return typeof(Tensor<>).MakeGenericType(Scalar(reader.ReadByte()));
            case Tuple:
                var count = reader.ReadCount();
                if (count is 0 || count > Tuples.Length)
                {
                    throw new SerializationException($"there is no tuple of {count} items");
                }

                var items = new Type[count];
                for (var i = 0; i < count; i++)
                {
                    items[i] = Read(ref reader, ref left, depth + 1);
                }

                return count < Tuples.Length || IsTuple(items[^1])
                    ? Tuples[count - 1].MakeGenericType(items)
                    : throw new SerializationException("the eighth item of a tuple is a tuple of the rest");
            case > Array and <= Array + MaxRank:
                var element = Scalar(reader.ReadByte());
                return code == Array + 1 ? element.MakeArrayType() : element.MakeArrayType(code - Array);
            default:
                return Scalar(code);
        }
    }

    private static Type Scalar(byte code) =>
        code < Scalars.Length ? Scalars[code] : throw new SerializationException($"there is no type {code}");
}
