using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;
using Mlir.Runtime;

namespace Mlir.Tests.Frontend;

/// <summary>Random lambdas over tensors give the same compiled, interpreted and eager.</summary>
public sealed class RandomTensorProgramTests
{
    private static readonly int Programs = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 2_000 : 40;

    [Test]
    public void Of_doubles([Range(0, 3)] int part) => Run<double>(part, Programs / 4);

    [Test]
    public void Of_singles([Range(0, 1)] int part) => Run<float>(part, Programs / 4);

    [Test]
    public void Of_integers()
    {
        Run<int>(0, Programs / 4);
        Run<long>(0, Programs / 8);
        Run<short>(0, Programs / 8);
    }

    [Test]
    public void Large_enough_for_threads()
    {
        for (var seed = 0; seed < 2; seed++)
        {
            Check(RandomTensorProgram<double>.Of(seed, large: true), seed);
        }
    }

    private static void Run<T>(int part, int count)
        where T : struct, INumber<T>
    {
        for (var seed = part * count; seed < (part + 1) * count; seed++)
        {
            Check(RandomTensorProgram<T>.Of(seed), seed);
        }
    }

    private static void Check<T>(RandomTensorProgram<T> program, int seed)
        where T : struct, INumber<T>
    {
        var shapes = program
            .Arguments[..3]
            .Select(a => (Tensor<T>)a)
            .Select(t => $"[{string.Join(",", t.Lengths.ToArray())}]/[{string.Join(",", t.Strides.ToArray())}]");
        var what = $"{typeof(T).Name} program {seed} on {string.Join(" ", shapes)}: {program.Lambda}";
        var expected = (Tensor<T>)program.Lambda.Compile().DynamicInvoke(program.Spread)!;
        var compiled = Invoke(program, "cpu", what);
        var interpreted = Invoke(program, "interpreter", what);
        OnDevices.Check(program.Lambda, program.Arguments, interpreted, what, weight: 4);
        Tensor<T> alone;
        using (WorkerPool.Limit(1))
        {
            alone = Invoke(program, "cpu", what);
        }

        Assert.That(compiled.Lengths.ToArray(), Is.EqualTo(expected.Lengths.ToArray()), what);
        var (e, c, i, a) = (Elements(expected), Elements(compiled), Elements(interpreted), Elements(alone));
        for (var k = 0; k < e.Length; k++)
        {
            if (Ulp.Distance(c[k], a[k]) > 0)
            {
                Assert.Fail($"{what} [{k}]: on all threads {c[k]}, on one {a[k]}");
            }

            if (Ulp.Distance(c[k], i[k]) > 0)
            {
                Assert.Fail($"{what} [{k}]: compiled {c[k]}, interpreted {i[k]}, eager {e[k]}");
            }

            if (Ulp.Distance(e[k], c[k]) > program.Ulp)
            {
                Assert.Fail($"{what} [{k}]: eager {e[k]}, compiled {c[k]}");
            }
        }
    }

    private static Tensor<T> Invoke<T>(RandomTensorProgram<T> program, string target, string what)
        where T : struct, INumber<T>
    {
        var kernel = typeof(Jit)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m =>
                m.Name == "Compile" && m.GetParameters()[0].ParameterType.GetGenericArguments()[0].IsGenericParameter
            )
            .MakeGenericMethod(program.Lambda.Type)
            .Invoke(null, [program.Lambda, new JitOptions { Target = target }, "", "", 0])!;
        var invoke = (Delegate)kernel.GetType().GetProperty("Invoke")!.GetValue(kernel)!;
        try
        {
            return (Tensor<T>)invoke.DynamicInvoke(program.Arguments)!;
        }
        catch (TargetInvocationException e)
        {
            throw new InvalidOperationException($"{what} on {target}: {e.InnerException!.Message}", e.InnerException);
        }
    }

    private static object[] Elements<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return [.. values.Cast<object>()];
    }
}
