using System.Linq.Expressions;
using System.Reflection;
using Mlir.Tests.Frontend;

namespace Mlir.Tests.Arrays;

/// <summary>Runs a lambda as C# does, compiled, and interpreted, the latter two also for exactly the sizes given, and asserts that all agree.</summary>
internal static class ThreeWays
{
    private static readonly JitOptions Cpu = new() { Target = "cpu" };
    private static readonly JitOptions Interpreted = new() { Target = "interpreter" };

    // Of machine code for exact sizes so many versions are made for a lambda; the interpreter has one for each argument list.
    private const int ExactVersions = 1;

    /// <summary>Checks one lambda on lists of arguments.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="inputs">The argument lists.</param>
    /// <param name="tolerance">
    /// How far a float may be from the eager one, relative to the larger of the result and 1; machine code and interpreter always agree bit for bit.
    /// </param>
    public static void Check<T>(Expression<T> lambda, IEnumerable<object[]> inputs, double tolerance = 0)
        where T : Delegate
    {
        var eager = lambda.Compile();
        var compiled = Jit.Compile(lambda, Cpu).Invoke;
        var interpreted = Jit.Compile(lambda, Interpreted).Invoke;
        var exact = Jit.Compile(lambda, Cpu with { Shapes = ShapeMode.Specialized }).Invoke;
        var interpretedExact = Jit.Compile(lambda, Interpreted with { Shapes = ShapeMode.Specialized }).Invoke;
        object[][] all = [.. inputs];
        var chosen = OnDevices.NumberOf(lambda) % Math.Max(1, all.Length);
        foreach (var (i, input) in all.Index())
        {
            var what = $"{lambda} at {string.Join(", ", input.Select(Show))}";
            var (expected, machine, reference) = (Run(eager, input), Run(compiled, input), Run(interpreted, input));
            AssertSame(expected, machine, tolerance, what + ", compiled against eager");
            AssertSame(machine, reference, 0, what + ", interpreted against compiled");
            if (i == chosen)
            {
                OnDevices.Check(lambda, input, reference, what);
            }

            // What succeeds gets its version at the second call.
            Run(interpretedExact, input);
            AssertSame(
                machine,
                Run(interpretedExact, input),
                0,
                what + ", interpreted for these sizes against compiled"
            );
            if (i < ExactVersions)
            {
                Run(exact, input);
                AssertSame(machine, Run(exact, input), 0, what + ", compiled for these sizes against compiled");
            }
        }
    }

    /// <inheritdoc cref="Check{T}(Expression{T}, IEnumerable{object[]}, double)"/>
    public static void Check<T1, TResult>(
        Expression<Func<T1, TResult>> lambda,
        IEnumerable<object[]> inputs,
        double tolerance = 0
    ) => Check<Func<T1, TResult>>(lambda, inputs, tolerance);

    /// <inheritdoc cref="Check{T}(Expression{T}, IEnumerable{object[]}, double)"/>
    public static void Check<T1, T2, TResult>(
        Expression<Func<T1, T2, TResult>> lambda,
        IEnumerable<object[]> inputs,
        double tolerance = 0
    ) => Check<Func<T1, T2, TResult>>(lambda, inputs, tolerance);

    /// <inheritdoc cref="Check{T}(Expression{T}, IEnumerable{object[]}, double)"/>
    public static void Check<T1, T2, T3, TResult>(
        Expression<Func<T1, T2, T3, TResult>> lambda,
        IEnumerable<object[]> inputs,
        double tolerance = 0
    ) => Check<Func<T1, T2, T3, TResult>>(lambda, inputs, tolerance);

    /// <summary>What a lambda gives, or the exception that it throws.</summary>
    public static object? Run(Delegate function, object[] arguments)
    {
        try
        {
            return function.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }

    private static void AssertSame(object? expected, object? actual, double tolerance, string what)
    {
        if (expected is Exception error)
        {
            Assert.That(
                actual?.GetType(),
                Is.EqualTo(error.GetType()),
                $"{what}: expected {error.Message}, got {(actual is Exception other ? other.Message : Show(actual))}"
            );
            return;
        }

        Assert.That(actual, Is.Not.InstanceOf<Exception>(), what);
        var (lengths, a) = Elements(expected!);
        var (same, b) = Elements(actual!);
        Assert.That(same, Is.EqualTo(lengths), what + ": sizes");
        for (var i = 0; i < a.Length; i++)
        {
            if (!IsNear(a[i], b[i], tolerance))
            {
                Assert.Fail($"{what} [{i}]: expected {Show(a[i])}, got {Show(b[i])}");
            }
        }
    }

    private static bool IsNear(object a, object b, double tolerance)
    {
        if (a.GetType() != b.GetType())
        {
            return false;
        }

        if (a is not (double or float or Half))
        {
            return a.Equals(b);
        }

        var (x, y) = (ToDouble(a), ToDouble(b));
        return x.Equals(y) // also two NaNs
            || (tolerance == 0 ? x == y && x == 0 : Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x)));
    }

    private static double ToDouble(object number) => number is Half h ? (double)h : Convert.ToDouble(number);

    private static (nint[] Lengths, object[] Elements) Elements(object value) =>
        value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            ? ((nint[], object[]))
                typeof(ThreeWays)
                    .GetMethod(nameof(Flat), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [value])!
            : ([], [value]);

    private static (nint[], object[]) Flat<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return (tensor.Lengths.ToArray(), [.. values.Cast<object>()]);
    }

    private static string Show(object? value)
    {
        if (value is null || !value.GetType().IsGenericType)
        {
            return value is double d ? d.ToString("R") : value?.ToString() ?? "null";
        }

        var (lengths, elements) = Elements(value);
        return $"[{string.Join('×', lengths)}]({string.Join(", ", elements.Take(12).Select(Show))})";
    }
}
