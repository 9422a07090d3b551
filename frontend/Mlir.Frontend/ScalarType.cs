using System.Collections.Frozen;
using Mlir.IR;

namespace Mlir.Frontend;

/// <summary>A C# scalar type and the IR type that carries its values; the IR's integers have no sign, so the C# type decides the operation.</summary>
/// <param name="ClrType">The C# type.</param>
/// <param name="Kind">How operators treat it.</param>
/// <param name="IrType">The type of its values in the IR.</param>
/// <param name="Width">Its size in bits.</param>
public sealed record ScalarType(Type ClrType, ScalarKind Kind, IrType IrType, int Width)
{
    private static readonly FrozenDictionary<Type, ScalarType> ByClrType = new ScalarType[]
    {
        new(typeof(bool), ScalarKind.Bool, IntegerType.I1, 1),
        new(typeof(sbyte), ScalarKind.Signed, IntegerType.I8, 8),
        new(typeof(byte), ScalarKind.Unsigned, IntegerType.I8, 8),
        new(typeof(short), ScalarKind.Signed, IntegerType.I16, 16),
        new(typeof(ushort), ScalarKind.Unsigned, IntegerType.I16, 16),
        new(typeof(char), ScalarKind.Unsigned, IntegerType.I16, 16),
        new(typeof(int), ScalarKind.Signed, IntegerType.I32, 32),
        new(typeof(uint), ScalarKind.Unsigned, IntegerType.I32, 32),
        new(typeof(long), ScalarKind.Signed, IntegerType.I64, 64),
        new(typeof(ulong), ScalarKind.Unsigned, IntegerType.I64, 64),
        new(typeof(nint), ScalarKind.Signed, IntegerType.I64, 64),
        new(typeof(nuint), ScalarKind.Unsigned, IntegerType.I64, 64),
        new(typeof(Half), ScalarKind.Float, FloatType.F16, 16),
        new(typeof(float), ScalarKind.Float, FloatType.F32, 32),
        new(typeof(double), ScalarKind.Float, FloatType.F64, 64),
    }.ToFrozenDictionary(t => t.ClrType);

    /// <summary>Every scalar type that lambdas may use.</summary>
    public static IEnumerable<ScalarType> All => ByClrType.Values;

    /// <summary><c>bool</c>.</summary>
    public static ScalarType Bool { get; } = ByClrType[typeof(bool)];

    /// <summary><c>char</c>.</summary>
    public static ScalarType Char { get; } = ByClrType[typeof(char)];

    /// <summary><c>int</c>.</summary>
    public static ScalarType Int32 { get; } = ByClrType[typeof(int)];

    /// <summary><c>long</c>.</summary>
    public static ScalarType Int64 { get; } = ByClrType[typeof(long)];

    /// <summary>The scalar type of the C# type <paramref name="type"/>, or null. An enumeration is its underlying type.</summary>
    public static ScalarType? TryGet(Type type) =>
        ByClrType.GetValueOrDefault(type.IsEnum ? type.GetEnumUnderlyingType() : type);

    /// <summary>Whether this is an integer type.</summary>
    public bool IsInteger => Kind is ScalarKind.Signed or ScalarKind.Unsigned;

    /// <summary>Whether this is a floating-point type.</summary>
    public bool IsFloat => Kind == ScalarKind.Float;

    /// <summary>Whether this is a signed integer type.</summary>
    public bool IsSigned => Kind == ScalarKind.Signed;

    /// <summary>The smallest value of an integer type.</summary>
    public Int128 MinValue => IsSigned ? -(Int128.One << (Width - 1)) : 0;

    /// <summary>The largest value of an integer type.</summary>
    public Int128 MaxValue => (Int128.One << (IsSigned ? Width - 1 : Width)) - 1;

    /// <summary>Whether C# converts this type to <paramref name="target"/> without a cast: never when a value might not fit.</summary>
    public bool ConvertsImplicitlyTo(ScalarType target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (this == target)
        {
            return true;
        }

        // A bool stays one, nothing becomes a char; Half widens only by a cast, and takes only bytes without one.
        if (Kind == ScalarKind.Bool || target.Kind == ScalarKind.Bool || target.ClrType == typeof(char))
        {
            return false;
        }

        if (IsFloat)
        {
            return target.IsFloat && target.Width > Width && Width >= 32;
        }

        if (target.IsFloat)
        {
            return target.Width >= 32 || Width == 8;
        }

        // nint and nuint may have 32 bits or 64: C# lets at most 32-bit types in, and lets them out into 64-bit types.
        var (bits, room) = (Width, target.IsNative ? 32 : target.Width);
        return (IsSigned, target.IsSigned) switch
        {
            (true, false) => false,
            (false, true) => bits < room,
            _ => bits < room || (bits == room && (ClrType == typeof(char) || IsNative != target.IsNative)),
        };
    }

    private bool IsNative => ClrType == typeof(nint) || ClrType == typeof(nuint);

    /// <summary>The constant attribute for <paramref name="value"/>, a boxed C# value of this type.</summary>
    public TypedAttr Constant(object value) =>
        value switch
        {
            bool b => IntegerAttr.Get(b),
            Half h => FloatAttr.FromBits(FloatType.F16, BitConverter.HalfToUInt16Bits(h)),
            float f => FloatAttr.FromBits(FloatType.F32, BitConverter.SingleToUInt32Bits(f)),
            double d => FloatAttr.FromBits(FloatType.F64, BitConverter.DoubleToUInt64Bits(d)),
            char c => IntegerAttr.Get(IrType, c),
            nint n => IntegerAttr.Get(IrType, (long)n),
            nuint n => IntegerAttr.Get(IrType, (ulong)n),
            ulong u => IntegerAttr.Get(IrType, u),
            Enum e => Constant(Convert.ChangeType(e, ClrType, System.Globalization.CultureInfo.InvariantCulture)),
            _ => IntegerAttr.Get(IrType, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
}
