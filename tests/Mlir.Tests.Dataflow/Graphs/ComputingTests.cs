using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>What computing a graph gives, and how often what runs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ComputingTests
{
    private static readonly Resolver Resolver = Arithmetic.NewResolver();
    private static readonly Tensor<double> X = Tensor.Create([1.0, 2, 3]);
    private readonly Flow _flow = new(Resolver);

    private static readonly bool[] Optimized = [true, false];

    [TestCaseSource(nameof(Optimized))]
    public async Task A_graph_gives_what_immediate_calls_give(bool optimized)
    {
        var scaled = _flow.Call<Arithmetic.Scale>(X, 3);
        var sum = _flow.Call<Arithmetic.Sum>(scaled);
        var offset = _flow.Call<Arithmetic.Offset>(_flow.Call<Arithmetic.Add>(scaled, X), sum);
        var now = Resolver.Run<Tensor<double>>("test.scale", X, 3);
        var sumNow = Resolver.Run<double>("test.sum", now);
        var offsetNow = Resolver.Run("test.offset", Resolver.Run("test.add", now, X), sumNow);
        Tensor<double> later = await offset.ComputeAsync(optimized: optimized);
        Assert.That(later, Is.EqualTo(offsetNow));
        Assert.That(later, Is.EqualTo(new[] { 22.0, 26, 30 }));
    }

    [TestCaseSource(nameof(Optimized))]
    public async Task A_lazy_scalar_is_an_argument_like_any_other(bool optimized)
    {
        var by = _flow.Call<Arithmetic.Sum>(X);
        var typed = by.As<double>();
        double scalar = await typed.ComputeAsync(optimized: optimized);
        Tensor<double> scaled = await _flow.Call<Arithmetic.Scale>(X, by).ComputeAsync(optimized: optimized);
        Assert.That(scalar, Is.EqualTo(6));
        Assert.That(scaled, Is.EqualTo(new[] { 6.0, 12, 18 }));
    }

    [TestCaseSource(nameof(Optimized))]
    public async Task Items_of_tuples_are_computed(bool optimized)
    {
        var extremes = _flow.Call<Arithmetic.Extremes>(_flow.Call<Arithmetic.Scale>(X));
        var values = await _flow.ComputeAsync(
            [extremes.Item(1), extremes, extremes.Item(0), _flow.Call<Arithmetic.Scale>(X, extremes.Item(1))],
            null,
            optimized
        );
        Assert.That(values[..3], Is.EqualTo(new object[] { 6.0, (2.0, 6.0), 2.0 }));
        Assert.That(values[3], Is.EqualTo(new[] { 6.0, 12, 18 }));
    }

    [TestCaseSource(nameof(Optimized))]
    public async Task Inputs_and_literals_can_be_wanted_themselves(bool optimized)
    {
        var x = _flow.Input(X);
        var nothing = _flow.Input<string?>(null);
        var values = await _flow.ComputeAsync([x, nothing, x], null, optimized);
        Assert.That(values, Is.EqualTo(new object?[] { X, null, X }));
    }

    [Test]
    public async Task Nothing_wanted_gives_nothing() => Assert.That(await _flow.ComputeAsync(), Is.Empty);

    [TestCaseSource(nameof(Optimized))]
    public async Task Values_that_are_computed_at_once_share_their_tasks(bool optimized)
    {
        var runs = 0;
        var shared = _flow.Run(() => Interlocked.Increment(ref runs));
        var a = _flow.Run((int x) => x + 10, shared);
        var b = _flow.Run((int x) => x + 20, shared);
        var unwanted = _flow.Run<int>(() => throw new InvalidOperationException("nobody wants it"));
        var values = await _flow.ComputeAsync([a, b, a], null, optimized);
        Assert.That(values, Is.EqualTo(new object[] { 11, 21, 11 }));
        Assert.That(runs, Is.EqualTo(1));
        Assert.That(unwanted.Type, Is.EqualTo(typeof(int)));
    }

    [Test]
    public async Task Foreign_functions_run_as_often_as_they_stand_in_the_graph()
    {
        var runs = 0;
        var function = () => Interlocked.Increment(ref runs);
        var a = _flow.Run(function);
        var b = _flow.Run(function);
        Assert.That(a, Is.Not.EqualTo(b));
        var sum = _flow.Run((int x, int y) => x + y, a, b);
        Assert.That(await sum.ComputeAsync(), Is.EqualTo(3));
        Assert.That(await sum.ComputeAsync(), Is.EqualTo(7));
    }

    [Test]
    public async Task Foreign_functions_take_values_constants_and_the_token()
    {
        using var source = new CancellationTokenSource();
        var x = _flow.Input(X);
        var first = _flow.Run(
            (Tensor<double> t, CancellationToken token) => (t[0], token.CanBeCanceled),
            x,
            name: "first"
        );
        var many = _flow.RunWith(
            (string a, double b, object c, int? d) => $"{a} {b} {c} {d}",
            ["a", 1.5, X.Rank, null]
        );
        var values = await _flow.ComputeAsync([first, many], null, true, source.Token);
        Assert.That(values, Is.EqualTo(new object[] { (1.0, true), "a 1.5 1 " }));
    }

    [Test]
    public async Task Optimizing_leaves_the_users_graph_as_it_was()
    {
        var x = _flow.Input(X);
        var z = _flow.Call<Arithmetic.Scale>(_flow.Call<Arithmetic.Scale>(x, 3.0), 4.0);
        var before = _flow.ToString();
        var plan = z.Plan();
        await z.ComputeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(_flow.ToString(), Is.EqualTo(before));
            Assert.That(plan.ToString(), Does.Contain("flow.fused \"interpreter\""));
            Assert.That(z.Plan(optimized: false).ToString(), Is.EqualTo(before));
            Assert.That(z.Plan(), Is.SameAs(plan));
        });
    }

    [Test]
    public async Task A_second_compute_of_an_equal_graph_compiles_nothing()
    {
        var resolver = Arithmetic.NewResolver();
        var first = await ComputeAsync();
        var compilations = resolver.Compilation.Compilations;
        var second = await ComputeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(compilations, Is.EqualTo(1));
            Assert.That(resolver.Compilation.Compilations, Is.EqualTo(compilations));
            Assert.That(second, Is.EqualTo(first));
        });

        async Task<Tensor<double>> ComputeAsync()
        {
            var flow = new Flow(resolver);
            var y = flow.Call<Arithmetic.Scale>(flow.Call<Arithmetic.Scale>(X, 5.0), 7.0);
            return await y.As<Tensor<double>>().ComputeAsync();
        }
    }

    [TestCaseSource(nameof(Optimized))]
    public async Task A_failing_task_is_named_with_its_call_site(bool optimized)
    {
        var x = _flow.Call<Arithmetic.Step>(3, Arithmetic.Direction.Down, "the cellar");
        var error = await Assert.ThrowsAsync<TaskFailedException>(() => x.ComputeAsync(optimized: optimized));
        Assert.That(
            error!.Message,
            Does.Match(@"^the task test\.step of ComputingTests\.cs\(\d+\) failed: no way down for the cellar$")
        );
        Assert.That(error.InnerException, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public async Task A_failing_foreign_function_is_named()
    {
        var x = _flow.Run<int>(() => throw new FormatException("bad"), name: "read the file");
        var error = await Assert.ThrowsAsync<TaskFailedException>(() => x.ComputeAsync());
        Assert.That(error!.Message, Does.Match(@"^the task read the file of ComputingTests\.cs\(\d+\) failed: bad$"));
    }

    [Test]
    public async Task A_cancelled_compute_ends_as_such()
    {
        using var source = new CancellationTokenSource();
        var x = _flow.Run(token =>
        {
            source.Cancel();
            token.ThrowIfCancellationRequested();
            return 1;
        });
        await Assert.ThrowsAsync<TaskCanceledException>(() => x.ComputeAsync(cancellationToken: source.Token));
    }

    [Test]
    public async Task A_task_may_compute_values_of_its_own_graph()
    {
        var inner = _flow.Call<Arithmetic.Sum>(X).As<double>();
        var outer = Enumerable
            .Range(0, 20)
            .Select(i => (FlowValue)_flow.Run(() => inner.ComputeAsync().GetAwaiter().GetResult() + i))
            .ToArray();
        var values = await _flow.ComputeAsync(outer, new ComputeOptions { MaxParallelism = 1 });
        Assert.That(values, Is.EqualTo(Enumerable.Range(0, 20).Select(i => (object)(6.0 + i))));
    }

    [TestCaseSource(nameof(Optimized))]
    public async Task A_chain_of_a_hundred_thousand_tasks_needs_no_stack(bool optimized)
    {
        FlowValue value = _flow.Input(0);
        for (var i = 0; i < 100_000; i++)
        {
            value = _flow.Call<Arithmetic.Step>(value, Arithmetic.Direction.Up);
        }

        Assert.That((int)await value.ComputeAsync(optimized: optimized), Is.EqualTo(100_000));
    }

    [Test]
    public async Task A_report_knows_the_operations_of_the_plan()
    {
        RunReport? report = null;
        var z = _flow.Call<Arithmetic.Offset>(
            _flow.Call<Arithmetic.Scale>(_flow.Call<Arithmetic.Scale>(X, 3.0), 4.0),
            1.0
        );
        await z.ComputeAsync(new ComputeOptions { Completed = r => report = r });
        var fused = z.Plan().Graph.Body.Operations.OfType<Mlir.Dialects.Flow.FusedOp>().Single();
        Assert.That(report!.TryGet(fused, out var profile), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(profile!.Bytes, Is.EqualTo(24));
            Assert.That(profile.Task.Kind, Is.EqualTo(TaskKind.Fused));
            Assert.That(profile.Task.Name, Is.EqualTo("test.scale → test.scale"));
            Assert.That(report.Tasks, Has.Length.EqualTo(2));
            Assert.That(report.TryGet(z.Plan().Graph, out _), Is.False);
        });
    }

    [Test]
    public async Task A_missing_compiler_is_reported_once_and_the_result_is_the_same()
    {
        var resolver = new Resolver().AddPlugin(typeof(Missing));
        var flow = new Flow(resolver);
        var y = flow.Call<Missing.Twice>(flow.Call<Missing.Twice>(4));
        var heard = new List<FlowDiagnostic>();
        int value = await y.ComputeAsync(new ComputeOptions { Diagnostic = heard.Add });
        await y.ComputeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo(16));
            Assert.That(y.Plan().Diagnostics, Has.Length.EqualTo(1));
            Assert.That(heard, Is.EqualTo(y.Plan().Diagnostics));
            Assert.That(heard[0].ToString(), Does.Contain("there is no compiler nowhere; there are cpu, interpreter"));
            Assert.That(heard[0].Site.File, Does.EndWith("ComputingTests.cs"));
        });
    }

    [Test]
    public async Task A_compiler_that_is_added_later_compiles_what_was_planned_without_it()
    {
        var resolver = new Resolver().AddPlugin(typeof(Missing));
        var flow = new Flow(resolver);
        var y = flow.Call<Missing.Twice>(flow.Call<Missing.Twice>(4));
        await y.ComputeAsync();
        var before = y.Plan();
        resolver.AddCompiler(new LateCompiler());
        int value = await y.ComputeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo(16));
            Assert.That(before.Diagnostics, Has.Length.EqualTo(1));
            Assert.That(y.Plan(), Is.Not.SameAs(before));
            Assert.That(y.Plan().Diagnostics.Single().Message, Is.EqualTo("late but no help"));
        });
    }

    private sealed class LateCompiler : ICompiler
    {
        public string Name => "nowhere";

        public bool RunsInParallel => false;

        public void InitializeRuntime() { }

        public void TeardownRuntime() { }

        public CompiledTask CompileAlgorithm(
            TaskFunction algorithm,
            System.Collections.Immutable.ImmutableSortedDictionary<int, object?> literals
        ) => throw new CompilationFailedException("late but no help");

        public CompiledTask CompileSubgraph(
            Subgraph subgraph,
            System.Collections.Immutable.ImmutableArray<Type> inputs,
            System.Collections.Immutable.ImmutableArray<SubgraphOperand> outputs
        ) => throw new CompilationFailedException("late but no help");
    }

    public static class Missing
    {
        [AbstractAlgorithm("missing.twice")]
        public delegate int Twice(int x);

        [ConcreteAlgorithm("missing.twice", Compiler = "nowhere")]
        public static readonly System.Linq.Expressions.Expression<Twice> Impl = x => x * 2;
    }
}
