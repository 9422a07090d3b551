using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;

namespace Mlir.Tests.Frontend;

/// <summary>
/// Functions of Math, MathF and the numeric types on special and random values. The eager libraries are themselves off by an ulp or more here and
/// there, so elementary functions get 4 ulp against them; their own bound of 2 ulp is proved against exact arithmetic elsewhere.
/// </summary>
public sealed class MathTests
{
    private const ulong Elementary = 4;

    public static IEnumerable<object[]> Unary =>
        [
            .. from type in new[] { typeof(Math), typeof(MathF) }
            from name in new[]
            {
                "Acos",
                "Acosh",
                "Asin",
                "Asinh",
                "Atan",
                "Atanh",
                "Cbrt",
                "Cos",
                "Cosh",
                "Exp",
                "Log",
                "Log10",
                "Log2",
                "Sin",
                "Sinh",
                "Tan",
                "Tanh",
            }
            select new object[] { type, name, Elementary },
            .. from type in new[] { typeof(Math), typeof(MathF) }
            from name in new[] { "Ceiling", "Floor", "Round", "Sqrt", "Truncate", "Abs", "Sign" }
            select new object[] { type, name, 0UL },
        ];

    [TestCaseSource(nameof(Unary))]
    public void Functions_of_one_argument_agree_with_NET(Type type, string name, ulong ulp)
    {
        var scalar = type == typeof(Math) ? typeof(double) : typeof(float);
        var x = Expression.Parameter(scalar, "x");
        var method = type.GetMethod(name, [scalar])!;
        OperatorTests.CheckUntyped(
            Expression.Lambda(Expression.Call(method, x), x),
            Differential.Combinations(scalar).Concat(Random(scalar, 1)),
            ulp
        );
    }

    [TestCase("Atan2", Elementary)]
    [TestCase("Pow", Elementary)]
    [TestCase("IEEERemainder", 0UL)]
    [TestCase("Max", 0UL)]
    [TestCase("Min", 0UL)]
    [TestCase("MaxMagnitude", 0UL)]
    [TestCase("MinMagnitude", 0UL)]
    [TestCase("CopySign", 0UL)]
    public void Functions_of_two_arguments_agree_with_NET(string name, ulong ulp)
    {
        foreach (var (type, scalar) in new[] { (typeof(Math), typeof(double)), (typeof(MathF), typeof(float)) })
        {
            var (x, y) = (Expression.Parameter(scalar, "x"), Expression.Parameter(scalar, "y"));
            var method = type.GetMethod(name, [scalar, scalar])!;
            OperatorTests.CheckUntyped(
                Expression.Lambda(Expression.Call(method, x, y), x, y),
                Differential.Combinations(scalar, scalar).Concat(Random(scalar, 2)),
                ulp
            );
        }
    }

    [TestCaseSource(typeof(SpecialValues), nameof(SpecialValues.Integers))]
    public void Integer_functions_agree_with_NET(Type type)
    {
        foreach (var name in new[] { "Max", "Min", "MaxMagnitude", "MinMagnitude" })
        {
            if (type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [type, type]) is { } method)
            {
                var (x, y) = (Expression.Parameter(type, "x"), Expression.Parameter(type, "y"));
                OperatorTests.CheckUntyped(
                    Expression.Lambda(Expression.Call(method, x, y), x, y),
                    Differential.Combinations(type, type)
                );
            }
        }

        foreach (
            var name in new[]
            {
                "Abs",
                "Sign",
                "PopCount",
                "LeadingZeroCount",
                "TrailingZeroCount",
                "IsEvenInteger",
                "IsOddInteger",
                "IsNegative",
            }
        )
        {
            if (type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [type]) is { } method)
            {
                var x = Expression.Parameter(type, "x");
                OperatorTests.CheckUntyped(
                    Expression.Lambda(Expression.Call(method, x), x),
                    Differential.Combinations(type)
                );
            }
        }

        foreach (var name in new[] { "RotateLeft", "RotateRight" })
        {
            var (x, n) = (Expression.Parameter(type, "x"), Expression.Parameter(typeof(int), "n"));
            OperatorTests.CheckUntyped(
                Expression.Lambda(Expression.Call(type.GetMethod(name, [type, typeof(int)])!, x, n), x, n),
                Differential.Combinations(type, typeof(int))
            );
        }
    }

    [Test]
    public void Halves_are_interpolated_in_single_precision() =>
        Differential.Check(
            (Half x, Half y, Half t) => Half.Lerp(x, y, t),
            Differential.Combinations(typeof(Half), typeof(Half), typeof(Half))
        );

    [Test]
    public void Composed_functions_agree_with_NET()
    {
        Differential.Check((double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z), Random(typeof(double), 3));
        Differential.Check(
            (double x, double low, double high) => Math.Clamp(x, low, high),
            Differential.Combinations(typeof(double), typeof(double), typeof(double)).Where((_, i) => i % 17 == 0)
        );
        Differential.Check(
            (int x, int low, int high) => Math.Clamp(x, low, high),
            Differential.Combinations(typeof(int), typeof(int), typeof(int))
        );
        Differential.Check((double x, double y) => double.Hypot(x, y), Random(typeof(double), 2), 2);
        Differential.Check((double x, double b) => Math.Log(x, b), Random(typeof(double), 2), 8);
        Differential.Check((double x) => Math.SinCos(x).Sin, Random(typeof(double), 1), Elementary);
        Differential.Check(
            (double x) => Math.Round(x, MidpointRounding.AwayFromZero),
            Differential.Combinations(typeof(double))
        );
        Differential.Check(
            (float x) => MathF.Round(x, MidpointRounding.ToPositiveInfinity),
            Differential.Combinations(typeof(float))
        );
        Differential.Check(
            (double x) => double.IsNaN(x) || double.IsInfinity(x) || double.IsNegative(x),
            Differential.Combinations(typeof(double))
        );
        Differential.Check(
            (double x, double y) => double.MaxNumber(x, y) + double.MinNumber(x, y),
            Differential.Combinations(typeof(double), typeof(double))
        );
        Differential.Check((double x) => double.SinPi(x), Random(typeof(double), 1), Elementary);
        Differential.Check((double x) => double.CosPi(x), Random(typeof(double), 1), Elementary);
        Differential.Check(
            (ulong x) => BitOperations.PopCount(x) + BitOperations.LeadingZeroCount(x),
            Differential.Combinations(typeof(ulong))
        );
        Differential.Check((Half x, Half y) => Half.Max(x, y), Differential.Combinations(typeof(Half), typeof(Half)));
        Differential.Check((Half x) => Half.Sqrt(x), Differential.Combinations(typeof(Half)));
        Differential.Check((double x) => byte.CreateTruncating(x), Differential.Combinations(typeof(double)));
        Differential.Check((double x) => short.CreateSaturating(x), Differential.Combinations(typeof(double)));
        Differential.Check((long x) => ushort.CreateSaturating(x), Differential.Combinations(typeof(long)));
        Differential.Check((long x) => sbyte.CreateChecked(x), Differential.Combinations(typeof(long)));
    }

    private static IEnumerable<object[]> Random(Type scalar, int count)
    {
        var random = new Random(20);
        object Next()
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4));
            return scalar == typeof(double) ? value : (object)(float)value;
        }

        for (var i = 0; i < 200; i++)
        {
            yield return [.. Enumerable.Range(0, count).Select(_ => Next())];
        }
    }
}
