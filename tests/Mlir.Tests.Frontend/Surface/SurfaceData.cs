using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>The arguments that functions of <c>Tensor</c> are compared on.</summary>
internal static class SurfaceData
{
    /// <summary>How many elements there are: no multiple of a vector's length.</summary>
    public const int Count = 203;

    /// <summary>Elements at which no function fails: special floats and ordinary ones; integers without zero and the smallest.</summary>
    /// <param name="seed">Different for each argument of a function.</param>
    public static Tensor<T> Make<T>(int seed)
    {
        var random = new Random(seed);
        var special = SpecialValues.Of(typeof(T));
        var data = new T[Count];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (T)Element(typeof(T), random, special, i);
        }

        return Tensor.Create(data);
    }

    /// <summary>Floats about 1; other elements as <see cref="Small"/>.</summary>
    public static Tensor<T> NearOne<T>(int seed)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float) && typeof(T) != typeof(Half))
        {
            return Small<T>(seed);
        }

        var random = new Random(seed);
        var data = new T[Count];
        for (var i = 0; i < data.Length; i++)
        {
            var value = random.NextDouble() + 0.5;
            data[i] = (T)(
                typeof(T) == typeof(double) ? (object)value
                : typeof(T) == typeof(float) ? (float)value
                : (Half)value
            );
        }

        return Tensor.Create(data);
    }

    /// <summary>Elements that every type can hold.</summary>
    public static Tensor<T> Small<T>(int seed)
    {
        var random = new Random(seed);
        var data = new T[Count];
        for (var i = 0; i < data.Length; i++)
        {
            var value = random.Next(0, 127);
            data[i] = (T)(
                typeof(T) == typeof(Half) ? (object)(Half)value
                : typeof(T) == typeof(char) ? (char)value
                : Integer(typeof(T), value)
            );
        }

        return Tensor.Create(data);
    }

    /// <summary>One element, as a scalar argument.</summary>
    public static T Scalar<T>(int seed)
    {
        var type = typeof(T);
        return (T)(
            type == typeof(bool) ? seed % 2 == 0
            : type == typeof(char) ? (object)(char)('A' + seed)
            : type == typeof(Half) ? (Half)(seed * 0.75)
            : System.Convert.ChangeType(
                type == typeof(float) || type == typeof(double) ? seed * 0.75 : seed + 1.0,
                type == typeof(nint) ? typeof(long)
                    : type == typeof(nuint) ? typeof(ulong)
                    : type,
                System.Globalization.CultureInfo.InvariantCulture
            )
                is var value
            && type == typeof(nint)
                ? (nint)(long)value
            : type == typeof(nuint) ? (nuint)(ulong)value
            : value
        );
    }

    private static object Element(Type type, Random random, object[] special, int i)
    {
        if (type == typeof(double) || type == typeof(float) || type == typeof(Half))
        {
            var value = (i % 3) switch
            {
                0 => random.NextDouble() * 2 - 1,
                1 => random.NextDouble() * 20 - 10,
                _ => random.NextDouble() * 200,
            };
            return i % 8 == 7 ? special[random.Next(special.Length)]
                : type == typeof(double) ? value
                : type == typeof(float) ? (float)value
                : (Half)value;
        }

        if (type == typeof(char))
        {
            return (char)random.Next(1, 0x10000);
        }

        if (type == typeof(bool))
        {
            return random.Next(2) == 1;
        }

        var usable = special.Where(v => !IsZero(v) && !IsMinimum(v) && !IsMinusOne(v)).ToArray();
        return i % 3 == 0 ? usable[random.Next(usable.Length)] : Integer(type, random.Next(1, 101));
    }

    private static object Integer(Type type, int value) =>
        type == typeof(nint) ? (nint)value
        : type == typeof(nuint) ? (nuint)value
        : System.Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsZero(object value) => value.ToString() == "0";

    private static bool IsMinusOne(object value) => value.ToString() == "-1";

    private static bool IsMinimum(object value) =>
        value is sbyte.MinValue or short.MinValue or int.MinValue or long.MinValue
        || (value is nint n && n == nint.MinValue);
}
