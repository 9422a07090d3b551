using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Lambdas that call functions by name: others and themselves.</summary>
public sealed class FunctionCallTests
{
    private static readonly Dictionary<string, ResolvedFunction> Functions = new()
    {
        ["fib"] = Make((int n) => n < 2 ? n : Function.Call<int>("fib", n - 1) + Function.Call<int>("fib", n - 2)),
        ["factorial"] = Make((int n) => n < 2 ? 1L : checked(n * Function.Call<long>("factorial", n - 1))),
        ["even"] = Make((uint n) => n == 0 || Function.Call<bool>("odd", n - 1)),
        ["odd"] = Make((uint n) => n != 0 && Function.Call<bool>("even", n - 1)),
        ["square"] = Make((double x) => x * x),
        ["scale"] = Make((Tensor<double> t, double k) => t * k),
        ["repeat"] = Make((string s, int n) => n == 0 ? "" : s + Function.Call<string>("repeat", s, n - 1)),
        ["spin"] = Make(
            (ValueTuple<int, int> t, int n) =>
                n == 0
                    ? t
                    : Function.Call<ValueTuple<int, int>>("spin", ValueTuple.Create(t.Item2, t.Item1 + t.Item2), n - 1)
        ),
        ["divide"] = Make((int x, int y) => x / y),
        ["endless"] = Make((Tensor<double> t) => Function.Call<Tensor<double>>("endless", t)),
    };

    private static ResolvedFunction Make<T, TResult>(Expression<Func<T, TResult>> lambda) =>
        new(lambda, new CallSite("Library.cs", 7, ""));

    private static ResolvedFunction Make<T1, T2, TResult>(Expression<Func<T1, T2, TResult>> lambda) =>
        new(lambda, new CallSite("Library.cs", 9, ""));

    private static IEnumerable<JitOptions> Options =>
        Targets.All.Select(t => new JitOptions
        {
            Target = t,
            Functions = (name, _, _) => Functions.GetValueOrDefault(name),
        });

    [Test]
    public void A_function_calls_itself()
    {
        foreach (var options in Options)
        {
            var fib = Jit.Compile((int n) => Function.Call<int>("fib", n), options);
            Assert.That(Enumerable.Range(0, 15).Select(fib.Invoke), Is.EqualTo(Enumerable.Range(0, 15).Select(Fib)));
            var factorial = Jit.Compile((int n) => Function.Call<long>("factorial", n), options);
            Assert.That(factorial.Invoke(20), Is.EqualTo(2432902008176640000));
            var error = Assert.Throws<OverflowException>(() => factorial.Invoke(21))!;
            Assert.That(error.Message, Does.Contain("Library.cs(7)"), options.Target);
            Assert.That(fib.Ir.ToString(), Does.Contain("func.func private @fib"));
        }
    }

    private static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

    [Test]
    public void The_lambda_itself_may_be_the_function()
    {
        foreach (var options in Options)
        {
            var lambda = (Expression<Func<int, int>>)Functions["fib"].Lambda;
            Assert.That(Jit.Compile(lambda, options).Invoke(12), Is.EqualTo(144), options.Target);
        }
    }

    [Test]
    public void Functions_call_each_other()
    {
        foreach (var options in Options)
        {
            var even = Jit.Compile((uint n) => Function.Call<bool>("even", n), options);
            Assert.That(
                new uint[] { 0, 1, 2, 51, 100 }.Select(even.Invoke),
                Is.EqualTo(new[] { true, false, true, false, true })
            );
        }
    }

    [Test]
    public void Arguments_convert_as_in_C_sharp()
    {
        foreach (var options in Options)
        {
            var kernel = Jit.Compile((int n) => Function.Call<double>("square", n + 1), options);
            Assert.That(kernel.Invoke(4), Is.EqualTo(25), options.Target);
            var error = Assert.Throws<UnsupportedExpressionException>(() =>
                Jit.Compile((double x) => Function.Call<int>("fib", x), options)
            )!;
            Assert.That(error.Message, Does.Contain("there is no implicit conversion from double to int"));
        }
    }

    [Test]
    public void Tensors_strings_and_tuples_pass()
    {
        foreach (var options in Options)
        {
            var scale = Jit.Compile(
                (Tensor<double> t) => Function.Call<Tensor<double>>("scale", t + 1.0, 2.0) - t,
                options
            );
            Assert.That(scale.Invoke(Tensor.Create(new[] { 1.0, 2 })).ToArray(), Is.EqualTo(new[] { 3.0, 4 }));
            var repeat = Jit.Compile((string s, int n) => "[" + Function.Call<string>("repeat", s, n) + "]", options);
            Assert.That(repeat.Invoke("ab", 3), Is.EqualTo("[ababab]"), options.Target);
            var spin = Jit.Compile(
                (int n) => Function.Call<ValueTuple<int, int>>("spin", ValueTuple.Create(0, 1), n),
                options
            );
            Assert.That(spin.Invoke(10), Is.EqualTo((55, 89)), options.Target);
        }
    }

    [Test]
    public void What_a_called_function_captures_is_read_at_every_call()
    {
        foreach (var target in Targets.All)
        {
            var (factor, offset) = (2.0, 10.0);
            var inner = Make((double x) => x * factor);
            var outer = Make((double x) => Function.Call<double>("inner", x) + offset);
            var options = new JitOptions
            {
                Target = target,
                Functions = (name, _, _) => name == "inner" ? inner : outer,
            };
            var kernel = Jit.Compile((double x) => Function.Call<double>("outer", x), options);
            Assert.That(kernel.Invoke(3), Is.EqualTo(16), target);
            (factor, offset) = (3, 100);
            Assert.That(kernel.Invoke(3), Is.EqualTo(109), target);
        }
    }

    [Test]
    public void Equal_calls_of_different_functions_are_different_kernels()
    {
        foreach (var target in Targets.All)
        {
            Kernel<Func<double, double>> Compile(ResolvedFunction function) =>
                Jit.Compile(
                    (double x) => Function.Call<double>("f", x),
                    new JitOptions { Target = target, Functions = (_, _, _) => function }
                );
            Assert.That(Compile(Make((double x) => x + 1)).Invoke(1), Is.EqualTo(2), target);
            Assert.That(Compile(Make((double x) => x + 2)).Invoke(1), Is.EqualTo(3), target);
        }
    }

    [Test]
    public void A_failure_in_a_called_function_names_its_line()
    {
        foreach (var options in Options)
        {
            var kernel = Jit.Compile((int x) => Function.Call<int>("divide", 10, x), options);
            Assert.That(kernel.Invoke(3), Is.EqualTo(3));
            var error = Assert.Throws<DivideByZeroException>(() => kernel.Invoke(0))!;
            Assert.That(error.Message, Does.Contain("Library.cs(9): x / y"), options.Target);
        }
    }

    [Test]
    public void Unknown_functions_and_impossible_ones_are_refused()
    {
        foreach (var options in Options)
        {
            Assert.That(
                Assert
                    .Throws<UnsupportedExpressionException>(() =>
                        Jit.Compile((int x) => Function.Call<double>("missing", x, 1.5), options)
                    )!
                    .Message,
                Does.Contain("there is no function missing(int, double) → double").And.Contain("FunctionCallTests.cs(")
            );
            Assert.That(
                Assert
                    .Throws<UnsupportedExpressionException>(() =>
                        Jit.Compile((Tensor<double> t) => Function.Call<Tensor<double>>("endless", t), options)
                    )!
                    .Message,
                Does.Contain("cannot return a Tensor<T>").And.Contain("Library.cs(7)")
            );
        }
    }

    [Test]
    public void The_marker_explains_itself_when_it_runs_uncompiled()
    {
        Expression<Func<int, int>> lambda = n => Function.Call<int>("fib", n);
        var run = lambda.Compile();
        Assert.That(
            Assert.Throws<InvalidOperationException>(() => run(3))!.Message,
            Is.EqualTo(
                "Function.Call(\"fib\", …) can run only in a compiled lambda: the name is looked up when the lambda is compiled."
            )
        );
    }
}
