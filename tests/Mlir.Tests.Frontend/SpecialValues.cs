namespace Mlir.Tests.Frontend;

/// <summary>The values of each type at which arithmetic goes wrong, and some ordinary ones.</summary>
internal static class SpecialValues
{
    public static readonly Type[] Integers =
    [
        typeof(sbyte),
        typeof(byte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
        typeof(nint),
        typeof(nuint),
    ];

    public static readonly Type[] Floats = [typeof(Half), typeof(float), typeof(double)];

    public static readonly Type[] Numbers = [.. Integers, .. Floats];

    /// <summary>The values of <paramref name="type"/>.</summary>
    public static object[] Of(Type type)
    {
        object[] Make<T>(params T[] values) => [.. values.Cast<object>()];
        if (type == typeof(bool))
            return Make(false, true);
        if (type == typeof(char))
            return Make('\0', 'A', '\u7fff', '\uffff');
        if (type == typeof(sbyte))
            return Make<sbyte>(sbyte.MinValue, -100, -7, -1, 0, 1, 3, 42, sbyte.MaxValue);
        if (type == typeof(byte))
            return Make<byte>(0, 1, 3, 7, 127, 128, 200, 255);
        if (type == typeof(short))
            return Make<short>(short.MinValue, -1000, -1, 0, 1, 5, 31, 12345, short.MaxValue);
        if (type == typeof(ushort))
            return Make<ushort>(0, 1, 5, 31, 32768, 40000, 65535);
        if (type == typeof(int))
            return Make(int.MinValue, -123456789, -7, -1, 0, 1, 2, 31, 33, 46341, int.MaxValue);
        if (type == typeof(uint))
            return Make<uint>(0, 1, 2, 31, 33, 65536, 0x80000000, 0xffffffff);
        if (type == typeof(long))
            return Make(long.MinValue, -1234567890123, -7, -1, 0, 1, 2, 63, 65, 3037000500, long.MaxValue);
        if (type == typeof(ulong))
            return Make<ulong>(0, 1, 2, 63, 65, 4294967296, 0x8000000000000000, 0xfffffffffffff800, ulong.MaxValue);
        if (type == typeof(nint))
            return Make<nint>(nint.MinValue, -7, -1, 0, 1, unchecked((nint)12345678901), nint.MaxValue);
        if (type == typeof(nuint))
            return Make<nuint>(0, 1, 2, unchecked((nuint)12345678901), nuint.MaxValue);
        if (type == typeof(Half))
            return Make(
                Half.NaN,
                Half.NegativeInfinity,
                Half.MinValue,
                (Half)(-1.5f),
                -Half.Epsilon,
                Half.NegativeZero,
                Half.Zero,
                Half.Epsilon,
                (Half)0.1f,
                (Half)1,
                (Half)2.5f,
                (Half)300,
                Half.MaxValue,
                Half.PositiveInfinity
            );
        if (type == typeof(float))
            return Make(
                float.NaN,
                float.NegativeInfinity,
                float.MinValue,
                -2147483904f,
                -1e10f,
                -2.5f,
                -1f,
                -0.5f,
                -float.Epsilon,
                -0f,
                0f,
                float.Epsilon,
                1.1754942e-38f,
                0.1f,
                0.5f,
                1f,
                1.5f,
                2.5f,
                255.5f,
                32768f,
                2147483648f,
                9.223372e18f,
                float.MaxValue,
                float.PositiveInfinity
            );
        if (type == typeof(double))
            return Make(
                double.NaN,
                double.NegativeInfinity,
                double.MinValue,
                -9.3e18,
                -2147483649.5,
                -1e10,
                -2.5,
                -1.0,
                -0.9,
                -0.5,
                -double.Epsilon,
                -0.0,
                0.0,
                double.Epsilon,
                2.2250738585072009E-308,
                0.1,
                0.5,
                1.0,
                1.5,
                2.5,
                127.9,
                255.5,
                65536.0,
                2147483647.5,
                4294967295.5,
                9.2233720368547758e18,
                1.8446744073709552e19,
                1e300,
                double.MaxValue,
                double.PositiveInfinity
            );
        throw new ArgumentException(type.Name);
    }
}
