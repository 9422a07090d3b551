using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;

namespace Mlir.Tests.Frontend;

/// <summary>Runs a lambda three ways – machine code, interpreter, and eagerly by .NET – and asserts that all agree.</summary>
internal static class Differential
{
    private static readonly JitOptions Cpu = new() { Target = "cpu" };
    private static readonly JitOptions Interpreted = new() { Target = "interpreter" };

    /// <summary>Checks one lambda on lists of arguments.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="inputs">The argument lists.</param>
    /// <param name="ulp">How far a float may be from the eager result; machine code and interpreter must always agree bit for bit.</param>
    public static void Check<T>(Expression<T> lambda, IEnumerable<object[]> inputs, ulong ulp = 0)
        where T : Delegate
    {
        var eager = lambda.Compile();
        var compiled = Jit.Compile(lambda, Cpu).Invoke;
        var interpreted = Jit.Compile(lambda, Interpreted).Invoke;
        foreach (var input in inputs)
        {
            var expected = Run(eager, input);
            var machine = Run(compiled, input);
            var reference = Run(interpreted, input);
            var what = $"{lambda} at ({string.Join(", ", input.Select(Show))})";
            AssertSame(expected, machine, ulp, what + ", compiled against eager");
            AssertSame(machine, reference, 0, what + ", interpreted against compiled");
        }
    }

    /// <summary>As the general form, with the delegate type inferred.</summary>
    public static void Check<T1, TResult>(
        Expression<Func<T1, TResult>> lambda,
        IEnumerable<object[]> inputs,
        ulong ulp = 0
    ) => Check<Func<T1, TResult>>(lambda, inputs, ulp);

    /// <summary>As the general form, with the delegate type inferred.</summary>
    public static void Check<T1, T2, TResult>(
        Expression<Func<T1, T2, TResult>> lambda,
        IEnumerable<object[]> inputs,
        ulong ulp = 0
    ) => Check<Func<T1, T2, TResult>>(lambda, inputs, ulp);

    /// <summary>As the general form, with the delegate type inferred.</summary>
    public static void Check<T1, T2, T3, TResult>(
        Expression<Func<T1, T2, T3, TResult>> lambda,
        IEnumerable<object[]> inputs,
        ulong ulp = 0
    ) => Check<Func<T1, T2, T3, TResult>>(lambda, inputs, ulp);

    /// <summary>As the general form, with the delegate type inferred.</summary>
    public static void Check<T1, T2, T3, T4, TResult>(
        Expression<Func<T1, T2, T3, T4, TResult>> lambda,
        IEnumerable<object[]> inputs,
        ulong ulp = 0
    ) => Check<Func<T1, T2, T3, T4, TResult>>(lambda, inputs, ulp);

    /// <summary>All combinations of the special values of the parameters.</summary>
    public static IEnumerable<object[]> Combinations(params Type[] types)
    {
        IEnumerable<object[]> lists =
        [
            [],
        ];
        foreach (var type in types)
        {
            var values = SpecialValues.Of(type);
            lists = lists.SelectMany(list => values.Select(v => (object[])[.. list, v]));
        }

        return lists;
    }

    private static object? Run(Delegate function, object[] arguments)
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

    private static void AssertSame(object? expected, object? actual, ulong ulp, string what)
    {
        if (expected is Exception error)
        {
            Assert.That(
                actual?.GetType(),
                Is.EqualTo(error.GetType()),
                $"{what}: expected {error.GetType().Name}, got {Show(actual)}"
            );
            return;
        }

        Assert.That(actual, Is.Not.InstanceOf<Exception>(), $"{what}: expected {Show(expected)}, got {Show(actual)}");
        Assert.That(actual!.GetType(), Is.EqualTo(expected!.GetType()), what);
        var (a, b) = (Elements(expected), Elements(actual));
        Assert.That(b, Has.Length.EqualTo(a.Length), what);
        for (var i = 0; i < a.Length; i++)
        {
            var distance = Ulp.Distance(a[i], b[i]);
            if (distance > ulp)
            {
                Assert.Fail($"{what}[{i}]: expected {Show(a[i])}, got {Show(b[i])}, {distance} ulp apart");
            }
        }
    }

    private static object[] Elements(object value)
    {
        if (Mlir.Frontend.Layouts.TypeLayout.TryGet(value.GetType(), out _) is { IsLeaf: false } layout)
        {
            return [.. layout.Read(value).SelectMany(Elements)];
        }

        var type = value.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            ? (object[])
                typeof(Differential)
                    .GetMethod(nameof(Flat), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [value])!
            : [value];
    }

    private static object[] Flat<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return [.. tensor.Lengths.ToArray().Cast<object>(), .. values.Cast<object>()];
    }

    private static string Show(object? value) =>
        value switch
        {
            double d => $"{d:R}",
            float f => $"{f:R}f",
            Exception e => $"{e.GetType().Name}: {e.Message}",
            _ => $"{value}",
        };
}
