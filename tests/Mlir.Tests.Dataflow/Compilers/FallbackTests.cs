using System.ComponentModel;
using System.Diagnostics;
using System.Numerics.Tensors;
using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Compilers.Functions;

namespace Mlir.Tests.Dataflow.Compilers;

/// <summary>Whatever goes wrong in a compiler, the tasks run, and the user can see why they were not compiled.</summary>
public sealed class FallbackTests
{
    private static readonly ConcreteAlgorithm Double = Of<Func<int, int>>("Double", x => x * 2, "test");
    private static readonly ConcreteAlgorithm Add = Of<Func<int, int, int>>("Add", (x, y) => x + y, "test");
    private static readonly ConcreteAlgorithm Divide = Of<Func<int, int, int>>(
        "Divide",
        (x, y) => x / y,
        "test",
        arguments => (int)arguments[0]! / (int)arguments[1]!
    );

    private static readonly Subgraph Chain = new([
        Call(Double, In(0)),
        Call(Add, Result(0), Literal(1)),
        Call(Add, Result(1), Result(0)),
    ]);

    private readonly List<FlowDiagnostic> _reported = [];

    [SetUp]
    public void Forget() => _reported.Clear();

    private static TaskCompilation Compilation(ICompiler compiler, TimeSpan? limit = null) =>
        new(new Dictionary<string, ICompiler> { [compiler.Name] = compiler, ["cpu"] = JitCompiler.Cpu() })
        {
            Options = new CompilationOptions { TimeLimit = limit ?? TimeSpan.FromMinutes(1) },
        };

    private Func<object?[], object?[]> Compile(TaskCompilation compilation, string compiler = "test") =>
        compilation.Compile(compiler, Chain, [typeof(int)], [Result(2), Result(0)], _reported.Add);

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return Failure(
            "its own exception",
            _ => throw new CompilationFailedException("no registers"),
            "no registers"
        );
        yield return Failure("any exception", _ => throw new IndexOutOfRangeException("a bug"), "a bug");
        yield return Failure("a nested time-out", _ => throw new TimeoutException("too slow"), "too slow");
        yield return Failure("no task", _ => null!, "it gave no compiled task");
        yield return Failure(
            "a tool that is killed",
            _ =>
            {
                using var tool = Process.Start("/bin/sh", ["-c", "kill -9 $$"])!;
                tool.WaitForExit();
                throw new CompilationFailedException($"the assembler ended with {tool.ExitCode}");
            },
            "the assembler ended with 137"
        );
        yield return Failure(
            "a tool that is missing",
            _ =>
            {
                Process.Start("/nonexistent/assembler");
                return null!;
            },
            "/nonexistent/assembler"
        );

        static TestCaseData Failure(string name, Func<Subgraph, CompiledTask> compile, string message) =>
            new TestCaseData(compile, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Failures))]
    public void A_failed_compilation_runs_the_tasks_one_by_one(Func<Subgraph, CompiledTask> compile, string message)
    {
        var compiler = new TestCompiler(compile);
        using var compilation = Compilation(compiler);
        var run = Compile(compilation);
        Assert.That(run([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(run([6]), Is.EqualTo(new object[] { 25, 12 }));
        var diagnostic = _reported.Single();
        Assert.That(diagnostic.Message, Does.Contain(message));
        Assert.That(diagnostic.Compiler, Is.EqualTo("test"));
        Assert.That(diagnostic.Task, Is.EqualTo("Plugin.Double → Plugin.Add → Plugin.Add"));
        Assert.That(
            diagnostic.ToString(),
            Does.StartWith("Program.cs(34): the compiler test failed for Plugin.Double")
        );

        // An equal group is not tried again, but its user is told too.
        Compile(compilation);
        Assert.That(_reported, Has.Count.EqualTo(2));
        Assert.That(compilation.Compilations, Is.EqualTo(1));
    }

    [Test]
    public void A_compiler_that_hangs_is_given_up()
    {
        using var stop = new ManualResetEventSlim();
        using var compilation = Compilation(
            new TestCompiler(_ =>
            {
                stop.Wait();
                throw new CompilationFailedException("too late");
            }),
            TimeSpan.FromMilliseconds(50)
        );
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported.Single().Message, Is.EqualTo("it took longer than 0.05 s"));
        stop.Set();
    }

    [Test]
    public void A_time_limit_may_be_as_long_as_it_likes([Values] bool infinite)
    {
        using var compilation = Compilation(
            new TestCompiler(),
            infinite ? Timeout.InfiniteTimeSpan : TimeSpan.MaxValue
        );
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void A_missing_compiler_is_named_and_looked_for_again()
    {
        var compilers = new Dictionary<string, ICompiler> { ["cpu"] = JitCompiler.Cpu() };
        using var compilation = new TaskCompilation(compilers);
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported.Single().Message, Is.EqualTo("there is no compiler test; there are cpu"));
        Assert.That(compilation.Invoke(Double, [4], _reported.Add), Is.EqualTo(8));
        Assert.That(_reported, Has.Count.EqualTo(2));
        compilers.Add("test", new TestCompiler());
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_failure_that_shows_when_the_task_runs_is_reported_once()
    {
        var attempts = 0;
        using var compilation = Compilation(
            new TestCompiler(_ => new Failing(() =>
            {
                attempts++;
                throw new CompilationFailedException("not for these shapes");
            }))
        );
        var run = Compile(compilation);
        Assert.That(_reported, Is.Empty);
        Assert.That(run([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(run([6]), Is.EqualTo(new object[] { 25, 12 }));
        Assert.That(_reported.Single().Message, Is.EqualTo("not for these shapes"));
        Assert.That(attempts, Is.EqualTo(2), "other arguments may fit");
    }

    [Test]
    public void Too_few_results_are_a_failure()
    {
        using var compilation = Compilation(new TestCompiler(_ => new Failing(() => [1])));
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported.Single().Message, Is.EqualTo("the compiled task gave 1 results, not 2"));
    }

    [Test]
    public void Exceptions_of_a_compiled_task_are_no_failure_of_its_compiler()
    {
        using var compilation = Compilation(
            new TestCompiler(_ => new Failing(() => throw new DivideByZeroException()))
        );
        Assert.Throws<DivideByZeroException>(() => Compile(compilation)([5]));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void Exceptions_of_a_task_that_runs_uncompiled_come_through()
    {
        using var compilation = Compilation(new TestCompiler(_ => throw new CompilationFailedException("no")));
        var run = compilation.Compile(
            "test",
            new Subgraph([Call(Double, In(0)), Call(Divide, Result(0), In(1))]),
            [typeof(int), typeof(int)],
            [Result(1)],
            _reported.Add
        );
        Assert.Throws<DivideByZeroException>(() => run([1, 0]));
        Assert.That(run([6, 4]), Is.EqualTo(new object[] { 3 }));
        Assert.That(_reported, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_runtime_is_initialized_once_and_torn_down_at_the_end()
    {
        var compiler = new TestCompiler();
        var compilation = Compilation(compiler);
        compilation.Dispose();
        Assert.That(compiler.Calls, Is.Empty, "nothing was compiled yet");
        Compile(compilation);
        Assert.That(compilation.Invoke(Double, [4], _reported.Add), Is.EqualTo(8));
        compilation.Dispose();
        compilation.Dispose();
        Compile(compilation);
        compilation.Dispose();
        Assert.That(
            compiler.Calls,
            Is.EqualTo(
                new[]
                {
                    "initialize",
                    $"subgraph {Chain}",
                    "algorithm Plugin.Double",
                    "teardown",
                    "initialize",
                    $"subgraph {Chain}",
                    "teardown",
                }
            )
        );
    }

    [Test]
    public void A_runtime_that_cannot_be_initialized_is_a_failure()
    {
        using var compilation = Compilation(
            new TestCompiler { Initialization = () => throw new Win32Exception("no device") }
        );
        Assert.That(Compile(compilation)([5]), Is.EqualTo(new object[] { 21, 10 }));
        Assert.That(_reported.Single().Message, Is.EqualTo("no device"));
        Assert.That(_reported.Single().Cause, Is.InstanceOf<Win32Exception>());
    }

    [Test]
    public void One_task_with_literals_is_compiled_as_an_algorithm()
    {
        var compiler = new TestCompiler();
        using var compilation = Compilation(compiler);
        var run = compilation.Compile(
            "test",
            new Subgraph([Call(Add, Literal(3), In(0))]),
            [typeof(int)],
            [Result(0)],
            _reported.Add
        );
        Assert.That(run([5]), Is.EqualTo(new object[] { 8 }));
        Assert.That(compiler.Calls, Is.EqualTo(new[] { "initialize", "algorithm Plugin.Add 0=3" }));
    }

    [Test]
    public void What_has_no_compiled_form_runs_as_it_is_and_the_rest_stays_compiled()
    {
        var parsing = Of<Func<Tensor<double>, double, Tensor<double>>>(
            "Parsing",
            (x, by) => x * (by + Convert.ToDouble("0"))
        );
        var scale = Of<Func<Tensor<double>, double, Tensor<double>>>("Scale", (x, by) => x * by);
        using var compilation = Compilation(new TestCompiler());
        var failed = CompileOnCpu(parsing);
        var compiled = CompileOnCpu(scale);
        var x = Tensor.Create([1.0, 2]);
        Assert.That(((Tensor<double>)failed([x])[0]!).ToArray(), Is.EqualTo(new[] { 2.0, 4 }));
        Assert.That(((Tensor<double>)compiled([x])[0]!).ToArray(), Is.EqualTo(new[] { 2.0, 4 }));
        Assert.That(_reported.Single().Task, Is.EqualTo("Plugin.Parsing"));
        Assert.That(_reported.Single().Message, Does.Contain("Plugin.cs(12): cannot compile"));

        Func<object?[], object?[]> CompileOnCpu(TaskFunction function) =>
            compilation.Compile(
                "cpu",
                new Subgraph([Call(function, In(0), Literal(2.0))]),
                [typeof(Tensor<double>)],
                [Result(0)],
                _reported.Add
            );
    }

    [Test]
    public void Values_of_types_that_kernels_do_not_take_run_as_they_are()
    {
        var length = Of<Func<Version, int>>("Major", v => v.Major);
        using var compilation = Compilation(new TestCompiler());
        Assert.That(compilation.Invoke(length, [new Version(3, 1)], _reported.Add), Is.EqualTo(3));
        Assert.That(_reported.Single().Message, Does.Contain("Version"));
    }

    private sealed class Failing(Func<object?[]> invoke) : CompiledTask
    {
        public override object?[] Invoke(ReadOnlySpan<object?> arguments) => invoke();
    }
}
