using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Mlir.Backends.Gpu;
using Mlir.IR;

namespace Mlir.Tests.Frontend;

/// <summary>
/// Runs the lambdas of other tests on devices, too: on the PTX machine and on OpenCL's. Their bits are the interpreter's, and nothing is refused.
/// Since compiling for a device takes long, each gets its share of the lambdas, the same in every run, and with <c>MLIR_NIGHTLY=1</c> all.
/// </summary>
internal static class OnDevices
{
    private const string Refusal = "not supported on the GPU yet";

    private static readonly bool TakesAll = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1";
    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1";

    // A lambda takes about 0.1 s on the PTX machine, and 0.4 s on OpenCL, whose driver is a compiler of its own.
    private static readonly TestedDevice[] Devices =
    [
        new(GpuDevices.PtxMachine, OneOf: 4),
        new(GpuDevices.OpenCl, OneOf: 16),
    ];

    private static readonly MethodInfo Compile = typeof(Jit)
        .GetMethods()
        .Single(m =>
            m.Name == "Compile" && m.GetParameters()[0].ParameterType.GetGenericArguments()[0].IsGenericParameter
        );

    /// <summary>A number that belongs to a lambda in every run.</summary>
    public static uint NumberOf(LambdaExpression lambda) =>
        Encoding.UTF8.GetBytes(lambda.ToString()).Aggregate(2166136261u, static (hash, b) => (hash ^ b) * 16777619u);

    /// <summary>Asserts that each device that gets the lambda gives what the interpreter gave.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="expected">The interpreter's result, or its exception.</param>
    /// <param name="what">What is tested, for messages.</param>
    /// <param name="weight">How many times as often as others such lambdas are taken.</param>
    public static void Check(
        LambdaExpression lambda,
        object[] arguments,
        object? expected,
        string what,
        uint weight = 1
    )
    {
        var number = NumberOf(lambda) >> 8;
        foreach (var device in Devices)
        {
            if ((TakesAll || number % device.OneOf < weight) && (IsRequired || device.WhyNot is null))
            {
                AssertSame(
                    expected,
                    Run(lambda, Device.Named(device.Name), arguments),
                    $"{what}, on {device.Name} against interpreted"
                );
            }
        }
    }

    /// <summary>Asserts that every device runs the lambda and gives what the interpreter gives.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void CheckAll(LambdaExpression lambda, params object[] arguments)
    {
        var expected = Run(lambda, Device.Interpreter, arguments);
        foreach (var device in Devices)
        {
            if (IsRequired || device.WhyNot is null)
            {
                AssertSame(expected, Run(lambda, Device.Named(device.Name), arguments), $"{lambda}, on {device.Name}");
            }
        }
    }

    /// <summary>Why a device does not take a lambda; null where it does, whatever comes out.</summary>
    public static string? WhyRefused(LambdaExpression lambda, string device, object[] arguments) =>
        Run(lambda, Device.Named(device), arguments) is DiagnosticException refused
        && refused.Message.Contains(Refusal, StringComparison.Ordinal)
            ? refused.Message
            : null;

    private static object? Run(LambdaExpression lambda, Device device, object[] arguments)
    {
        try
        {
            var kernel = Compile.MakeGenericMethod(lambda.Type).Invoke(null, [lambda, (JitOptions)device, "", "", 0])!;
            var invoke = (Delegate)kernel.GetType().GetProperty("Invoke")!.GetValue(kernel)!;
            return invoke.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }

    private static void AssertSame(object? expected, object? actual, string what)
    {
        if (expected is Exception error)
        {
            Assert.That(actual?.GetType(), Is.EqualTo(error.GetType()), $"{what}: {(actual as Exception)?.Message}");
            return;
        }

        Assert.That(actual, Is.Not.InstanceOf<Exception>(), what);
        var (a, b) = (Elements(expected!).ToArray(), Elements(actual!).ToArray());
        Assert.That(b, Has.Length.EqualTo(a.Length), what);
        for (var i = 0; i < a.Length; i++)
        {
            if (Ulp.Distance(a[i], b[i]) > 0)
            {
                Assert.Fail($"{what} [{i}]: expected {a[i]:R}, got {b[i]:R}");
            }
        }
    }

    /// <summary>All numbers of a result, and the sizes of its tensors.</summary>
    private static IEnumerable<object> Elements(object value)
    {
        if (value is ITuple tuple)
        {
            return Enumerable.Range(0, tuple.Length).SelectMany(i => Elements(tuple[i]!));
        }

        var type = value.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(System.Numerics.Tensors.Tensor<>)
            ? (IEnumerable<object>)
                typeof(OnDevices)
                    .GetMethod(nameof(Flat), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [value])!
            : [value];
    }

    private static IEnumerable<object> Flat<T>(System.Numerics.Tensors.Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return [.. tensor.Lengths.ToArray().Cast<object>(), .. values.Cast<object>()];
    }

    private sealed record TestedDevice(string Name, uint OneOf)
    {
        /// <summary>Why it cannot be used; null where it can.</summary>
        public string? WhyNot { get; } = GpuDevices.WhyUnavailable(Name);
    }
}
