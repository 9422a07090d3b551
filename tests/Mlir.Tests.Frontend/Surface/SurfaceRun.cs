using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Runs a case compiled, interpreted and eagerly.</summary>
internal static class SurfaceRun
{
    private static readonly MethodInfo Compile = typeof(Jit)
        .GetMethods()
        .Single(m =>
            m.Name == "Compile" && m.GetParameters()[0].ParameterType.GetGenericArguments()[0].IsGenericParameter
        );

    /// <summary>The largest distance from eager, and where it is.</summary>
    public static (ulong Ulp, string? Where) Of(SurfaceCase item)
    {
        var arguments = ArgumentsOf(item.Name, item.Element);
        object[] expected;
        try
        {
            expected = SurfaceOracle.Of(item, arguments);
        }
        catch (TargetInvocationException e)
        {
            // As the average of more elements than the type can count.
            var type = e.InnerException!.GetType();
            Assert.That(() => Invoke(item.Lambda, "cpu", arguments), Throws.TypeOf(type));
            Assert.That(() => Invoke(item.Lambda, "interpreter", arguments), Throws.TypeOf(type));
            return (0, null);
        }

        return Compare(item.Name, item.Lambda, arguments, expected);
    }

    /// <summary>The arguments for the overloads of a function: two tensors, a scalar and a count.</summary>
    public static object[] ArgumentsOf(string name, Type element) =>
        [
            Make(nameof(SurfaceData.Make), name, element, 1),
            Make(nameof(SurfaceData.Make), name, element, 2),
            Make(nameof(SurfaceData.Scalar), name, element, 2),
            3,
        ];

    /// <summary>The largest distance from eager of a lambda on tensors of several shapes, and where it is.</summary>
    public static (ulong Ulp, string? Where) Of(string name, LambdaExpression lambda, object[] arguments) =>
        Compare(name, lambda, arguments, Elements(lambda.Compile().DynamicInvoke(arguments)!, withShape: true), true);

    private static (ulong Ulp, string? Where) Compare(
        string name,
        LambdaExpression lambda,
        object[] arguments,
        object[] expected,
        bool withShape = false
    )
    {
        var reference = Invoke(lambda, "interpreter", arguments);
        OnDevices.Check(lambda, arguments, reference, name, weight: 4);
        var compiled = Elements(Invoke(lambda, "cpu", arguments), withShape);
        var interpreted = Elements(reference, withShape);
        if (compiled.Length != expected.Length || interpreted.Length != expected.Length)
        {
            return (ulong.MaxValue, $"{compiled.Length} elements, not {expected.Length}");
        }

        var worst = 0UL;
        string? where = null;
        for (var i = 0; i < expected.Length; i++)
        {
            if (Ulp.Distance(compiled[i], interpreted[i]) != 0)
            {
                return (ulong.MaxValue, $"element {i}: {compiled[i]} compiled, {interpreted[i]} interpreted");
            }

            var distance =
                compiled[i].Equals(expected[i]) ? 0
                : SurfaceOracle.Cancels(name) ? OfOne(expected[i], compiled[i])
                : Ulp.Distance(expected[i], compiled[i]);
            if (distance > worst)
            {
                (worst, where) = (distance, $"element {i}: {compiled[i]}, not {expected[i]}");
            }
        }

        return (worst, where);
    }

    /// <summary>Whether a special value or a large one would hide all others.</summary>
    public static bool IsSum(string name) =>
        name
            is "Average"
                or "CosineSimilarity"
                or "Distance"
                or "Dot"
                or "Norm"
                or "Product"
                or "SoftMax"
                or "StdDev"
                or "Sum";

    private static object Make(string method, string name, Type element, int seed) =>
        typeof(SurfaceData)
            .GetMethod(
                method != nameof(SurfaceData.Make) ? method
                : name == "ConvertChecked" ? nameof(SurfaceData.Small)
                : IsSum(name) ? nameof(SurfaceData.NearOne)
                : method
            )!
            .MakeGenericMethod(element)
            .Invoke(null, [seed])!;

    private static object Invoke(LambdaExpression lambda, string target, object[] arguments)
    {
        try
        {
            var kernel = Compile
                .MakeGenericMethod(lambda.Type)
                .Invoke(null, [lambda, new JitOptions { Target = target, UseCache = false }, "", "", 0])!;
            var invoke = (Delegate)kernel.GetType().GetProperty("Invoke")!.GetValue(kernel)!;
            return invoke.DynamicInvoke(arguments)!;
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    /// <summary>The distance in units in the last place of the number or of 1, whichever is larger.</summary>
    private static ulong OfOne(object expected, object actual)
    {
        var distance = Ulp.Distance(expected, actual);
        var (a, b) = (ToDouble(expected), ToDouble(actual));
        if (Math.Abs(a) >= 1 || !double.IsFinite(a) || !double.IsFinite(b))
        {
            return distance;
        }

        var unit =
            expected is double ? double.BitIncrement(1) - 1
            : expected is float ? (double)(float.BitIncrement(1) - 1)
            : (double)(Half.BitIncrement((Half)1) - (Half)1);
        return Math.Min(distance, (ulong)Math.Ceiling(Math.Abs(a - b) / unit));
    }

    private static double ToDouble(object value) =>
        value is Half half
            ? (double)half
            : System.Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All elements of a tensor, or of a tuple of tensors and scalars.</summary>
    public static object[] Elements(object value, bool withShape = false)
    {
        if (value is ITuple tuple)
        {
            return [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Elements(tuple[i]!, withShape))];
        }

        var type = value.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            ? (object[])
                typeof(SurfaceRun)
                    .GetMethod(nameof(Flat), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [value, withShape])!
            : [value];
    }

    private static object[] Flat<T>(Tensor<T> tensor, bool withShape)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return withShape
            ? [.. tensor.Lengths.ToArray().Cast<object>(), .. values.Cast<object>()]
            : [.. values.Cast<object>()];
    }
}
