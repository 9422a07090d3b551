using System.Runtime.CompilerServices;

namespace Mlir.Runtime;

/// <summary>What each <see cref="ElementType"/> is in .NET: its type, its size, its arrays.</summary>
public static class ElementTypes
{
    extension(ElementType type)
    {
        /// <summary>The bytes that one element occupies in memory.</summary>
        public int Size =>
            type switch
            {
                ElementType.Bool or ElementType.Int8 or ElementType.UInt8 => 1,
                ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 => 2,
                ElementType.Int32 or ElementType.UInt32 or ElementType.Float32 => 4,
                ElementType.Int64 or ElementType.UInt64 or ElementType.Float64 => 8,
                _ => throw Unknown(type),
            };

        /// <summary>The .NET type of one element.</summary>
        public Type ClrType =>
            type switch
            {
                ElementType.Bool => typeof(bool),
                ElementType.Int8 => typeof(sbyte),
                ElementType.Int16 => typeof(short),
                ElementType.Int32 => typeof(int),
                ElementType.Int64 => typeof(long),
                ElementType.UInt8 => typeof(byte),
                ElementType.UInt16 => typeof(ushort),
                ElementType.UInt32 => typeof(uint),
                ElementType.UInt64 => typeof(ulong),
                ElementType.Float16 => typeof(Half),
                ElementType.Float32 => typeof(float),
                ElementType.Float64 => typeof(double),
                _ => throw Unknown(type),
            };

        /// <summary>A new array of <paramref name="count"/> elements whose contents are arbitrary until written.</summary>
        /// <param name="count">The number of elements, at most <see cref="Array.MaxLength"/>.</param>
        public Array NewArray(int count) =>
            type switch
            {
                ElementType.Bool => GC.AllocateUninitializedArray<bool>(count),
                ElementType.Int8 => GC.AllocateUninitializedArray<sbyte>(count),
                ElementType.Int16 => GC.AllocateUninitializedArray<short>(count),
                ElementType.Int32 => GC.AllocateUninitializedArray<int>(count),
                ElementType.Int64 => GC.AllocateUninitializedArray<long>(count),
                ElementType.UInt8 => GC.AllocateUninitializedArray<byte>(count),
                ElementType.UInt16 => GC.AllocateUninitializedArray<ushort>(count),
                ElementType.UInt32 => GC.AllocateUninitializedArray<uint>(count),
                ElementType.UInt64 => GC.AllocateUninitializedArray<ulong>(count),
                ElementType.Float16 => GC.AllocateUninitializedArray<Half>(count),
                ElementType.Float32 => GC.AllocateUninitializedArray<float>(count),
                ElementType.Float64 => GC.AllocateUninitializedArray<double>(count),
                _ => throw Unknown(type),
            };
    }

    /// <summary>The element type of a .NET type; <see cref="nint"/> counts as 64-bit and <see cref="char"/> as 16-bit unsigned.</summary>
    /// <param name="type">A primitive numeric type, <see cref="bool"/> or <see cref="Half"/>.</param>
    /// <exception cref="NotSupportedException">The type is not one that kernels handle.</exception>
    public static ElementType Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type == typeof(Half) ? ElementType.Float16
            : type == typeof(nint) ? ElementType.Int64
            : type == typeof(nuint) ? ElementType.UInt64
            : Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => ElementType.Bool,
                TypeCode.SByte => ElementType.Int8,
                TypeCode.Int16 => ElementType.Int16,
                TypeCode.Int32 => ElementType.Int32,
                TypeCode.Int64 => ElementType.Int64,
                TypeCode.Byte => ElementType.UInt8,
                TypeCode.UInt16 or TypeCode.Char => ElementType.UInt16,
                TypeCode.UInt32 => ElementType.UInt32,
                TypeCode.UInt64 => ElementType.UInt64,
                TypeCode.Single => ElementType.Float32,
                TypeCode.Double => ElementType.Float64,
                _ => throw new NotSupportedException($"'{type}' is not an element type of kernels."),
            };
    }

    /// <summary>The bits of a boxed scalar as a kernel's 8-byte slot holds them: the value in the low bytes, the rest zero.</summary>
    /// <param name="value">A boxed scalar of any element type.</param>
    /// <exception cref="NotSupportedException">The value's type is not one that kernels handle.</exception>
    public static long ToSlot(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            bool b => b ? 1 : 0,
            sbyte i => (byte)i,
            short i => (ushort)i,
            int i => (uint)i,
            long i => i,
            byte i => i,
            ushort i => i,
            uint i => i,
            ulong i => (long)i,
            nint i => i,
            nuint i => (long)i,
            char c => c,
            Half h => BitConverter.HalfToUInt16Bits(h),
            float f => BitConverter.SingleToUInt32Bits(f),
            double d => BitConverter.DoubleToInt64Bits(d),
            _ => throw new NotSupportedException($"'{value.GetType()}' is not an element type of kernels."),
        };
    }

    /// <summary>The boxed scalar that a kernel's 8-byte slot holds.</summary>
    /// <param name="type">The scalar's type.</param>
    /// <param name="slot">The slot, whose bytes above the value are ignored.</param>
    public static object FromSlot(ElementType type, long slot) =>
        type switch
        {
            ElementType.Bool => (slot & 1) != 0,
            ElementType.Int8 => (sbyte)slot,
            ElementType.Int16 => (short)slot,
            ElementType.Int32 => (int)slot,
            ElementType.Int64 => slot,
            ElementType.UInt8 => (byte)slot,
            ElementType.UInt16 => (ushort)slot,
            ElementType.UInt32 => (uint)slot,
            ElementType.UInt64 => (ulong)slot,
            ElementType.Float16 => BitConverter.UInt16BitsToHalf((ushort)slot),
            ElementType.Float32 => BitConverter.UInt32BitsToSingle((uint)slot),
            ElementType.Float64 => BitConverter.Int64BitsToDouble(slot),
            _ => throw Unknown(type),
        };

    private static ArgumentOutOfRangeException Unknown(
        ElementType type,
        [CallerArgumentExpression(nameof(type))] string? name = null
    ) => new(name, type, "Not an element type.");
}
