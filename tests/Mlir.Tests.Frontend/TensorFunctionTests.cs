using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using Mlir.Frontend;
using Mlir.Frontend.Emission;

namespace Mlir.Tests.Frontend;

/// <summary>Every element-wise function of <c>Tensor</c> that the compiler knows agrees with the eager one.</summary>
public sealed class TensorFunctionTests
{
    /// <summary>Their eager forms are compositions such as <c>Exp(x) - 1</c>, which cancel digits: the error is compared with 1 instead.</summary>
    private static readonly string[] Cancelling =
    [
        "ExpM1",
        "Exp2M1",
        "Exp10M1",
        "Exp10",
        "LogP1",
        "Log2P1",
        "Log10P1",
        "Log",
        "SinPi",
        "CosPi",
        "TanPi",
        "Pow",
    ];

    /// <summary>Between two tensors .NET 10 computes something else (MaxNumber of 111 and 404 is 111): the scalar functions are the oracle.</summary>
    private static readonly string[] WrongInNet =
    [
        "MaxNumber",
        "MinNumber",
        "MaxMagnitude",
        "MinMagnitude",
        "MaxMagnitudeNumber",
        "MinMagnitudeNumber",
    ];

    public static IEnumerable<object[]> Cases =>
        from method in typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.IsGenericMethodDefinition && method.GetGenericArguments().Length == 1 && IsElementwise(method)
        let function = ScalarFunctions.Find(method.Name, method.GetParameters().Length)
        where function is not null
        from type in new[] { typeof(double), typeof(float), typeof(int) }
        where function.Accepts(ScalarType.TryGet(type)!) && TryMake(method, type) is not null
        select new object[] { method.Name, method.GetParameters().Length, type };

    [TestCaseSource(nameof(Cases))]
    public void Compiled_functions_agree_with_eager_ones(string name, int arity, Type type) =>
        typeof(TensorFunctionTests)
            .GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [name, arity], null);

    private static void Check<T>(string name, int arity)
        where T : struct
    {
        var method = typeof(Tensor)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == name && m.IsGenericMethodDefinition && m.GetGenericArguments().Length == 1)
            .Where(m => m.GetParameters().Length == arity && IsElementwise(m))
            .Select(m => TryMake(m, typeof(T)))
            .First(m => m is not null)!;
        var parameters = Enumerable.Range(0, arity).Select(_ => Expression.Parameter(typeof(Tensor<T>))).ToArray();
        var call = Expression.Call(
            method,
            parameters.Select(p => Expression.Convert(p, typeof(ReadOnlyTensorSpan<T>)))
        );
        var lambda = Expression.Lambda(call, parameters);
        object[] input = [.. Enumerable.Range(1, arity).Select(seed => (object)Make<T>(seed))];
        var expected = WrongInNet.Contains(name)
            ? Scalar(name, Flat(input[0]), Flat(input[1]))
            : Flat(lambda.Compile().DynamicInvoke(input)!);
        foreach (var target in new[] { "cpu", "interpreter" })
        {
            var kernel = typeof(Jit)
                .GetMethods()
                .Single(m =>
                    m.Name == "Compile"
                    && m.GetParameters()[0].ParameterType.GetGenericArguments()[0].IsGenericParameter
                )
                .MakeGenericMethod(lambda.Type)
                .Invoke(null, [lambda, new JitOptions { Target = target }, "", "", 0])!;
            var invoke = (Delegate)kernel.GetType().GetProperty("Invoke")!.GetValue(kernel)!;
            var actual = Flat(invoke.DynamicInvoke(input)!);
            Assert.That(actual, Has.Length.EqualTo(expected.Length));
            for (var i = 0; i < actual.Length; i++)
            {
                var close =
                    Ulp.Distance(expected[i], actual[i]) <= 8
                    || (Cancelling.Contains(name) && IsCloseToOne(expected[i], actual[i]));
                Assert.That(close, Is.True, $"{target} {name}[{i}]: expected {expected[i]}, got {actual[i]}");
            }
        }
    }

    private static object[] Scalar(string name, object[] x, object[] y)
    {
        // The data hold no NaN, and positive integers only.
        var type = x[0].GetType();
        var method =
            type == typeof(int)
                ? typeof(Math).GetMethod(name[..3], [type, type])!
                : type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [type, type])!;
        return [.. x.Zip(y, (a, b) => method.Invoke(null, [a, b])!)];
    }

    private static bool IsCloseToOne(object expected, object actual) =>
        (expected, actual) switch
        {
            (double a, double b) => Math.Abs(a - b) <= 64 * 2.22e-16 * Math.Max(1, Math.Abs(a)),
            (float a, float b) => MathF.Abs(a - b) <= 64 * 1.2e-7f * MathF.Max(1, MathF.Abs(a)),
            _ => false,
        };

    private static bool IsElementwise(MethodInfo method) =>
        method.ReturnType.IsGenericType
        && method.ReturnType.GetGenericTypeDefinition() == typeof(Tensor<>)
        && method.GetParameters() is { Length: 1 or 2 } parameters
        && parameters.All(p =>
            p.ParameterType is { IsByRef: true } reference
            && reference.GetElementType() is { IsGenericType: true } span
            && span.GetGenericTypeDefinition() == typeof(ReadOnlyTensorSpan<>)
        );

    private static MethodInfo? TryMake(MethodInfo method, Type type)
    {
        try
        {
            return method.MakeGenericMethod(type);
        }
        catch (ArgumentException)
        {
            return null; // the type does not satisfy the method's constraints
        }
    }

    private static Tensor<T> Make<T>(int seed)
        where T : struct
    {
        var random = new Random(seed);
        var data = new T[100];
        for (var i = 0; i < data.Length; i++)
        {
            var value = random.NextDouble() * 6 - 3;
            data[i] =
                typeof(T) == typeof(double) ? (T)(object)value
                : typeof(T) == typeof(float) ? (T)(object)(float)value
                : (T)(object)random.Next(1, 1000);
        }

        return Tensor.Create(data);
    }

    private static object[] Flat(object tensor) =>
        tensor switch
        {
            Tensor<double> d => Copy(d),
            Tensor<float> f => Copy(f),
            Tensor<int> i => Copy(i),
            Tensor<bool> b => Copy(b),
            _ => throw new ArgumentException(tensor.GetType().ToString()),
        };

    private static object[] Copy<T>(Tensor<T> tensor)
    {
        var data = new T[tensor.FlattenedLength];
        tensor.FlattenTo(data);
        return [.. data.Cast<object>()];
    }
}
