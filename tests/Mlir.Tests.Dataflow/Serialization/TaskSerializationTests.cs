using System.Numerics.Tensors;
using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Compilers.Functions;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>Tasks as bytes, and run from them: here, and in a process that has nothing else.</summary>
public sealed class TaskSerializationTests
{
    private static readonly Resolver Resolver = new Resolver().AddPlugin(typeof(TravellingPlugin));
    private static readonly TaskFunction Scale = Resolver.GetFunction("TravellingPlugin.Fused");
    private static readonly TaskFunction Sum = Resolver.GetFunction("TravellingPlugin.Total");
    private static readonly TaskFunction Weigh = Resolver.GetFunction("TravellingPlugin.Weighed");
    private static readonly TaskFunction MinMax = Resolver.GetFunction("TravellingPlugin.MinMax");
    private static readonly TaskFunction Describe = Resolver.GetFunction("TravellingPlugin.Text");

    private static readonly Tensor<double> X = Tensor.Create([4.0, 3, 2, 1]);

    private static readonly PortableTask Fused = PortableTask.Of(
        new Subgraph([
            Call(Scale, In(0), Literal(2.0)),
            Call(Weigh, Result(0)),
            Call(MinMax, Result(1)),
            Call(Scale, Result(1), Item(Result(2), 1)),
            Call(Sum, Result(3)),
        ]),
        [typeof(Tensor<double>)],
        [Result(3), Result(4), Item(Result(2), 0), Result(2)]
    );

    private static void CheckFused(IReadOnlyList<object?> results)
    {
        Assert.That(((Tensor<double>)results[0]!).ToArray(), Is.EqualTo(new[] { 64.0, 0, 32, 0 }));
        Assert.That(results.Skip(1), Is.EqualTo(new object[] { 96.0, 0.0, (0.0, 8.0) }));
    }

    [Test]
    public void A_fused_task_runs_in_a_process_that_has_only_its_bytes([Values("cpu", "interpreter")] string target)
    {
        var task = Fused.ToBytes([X], out var arguments);
        Assert.That(arguments, Has.Length.EqualTo(2), "the captured weights travel with the arguments");
        var (results, errors) = TaskProcess.Run(task, SerializedValues.Write(arguments), target);
        Assert.That(errors, Is.Empty);
        CheckFused(SerializedValues.Read(results!));
    }

    [Test]
    public void A_fused_task_runs_here_from_its_bytes()
    {
        var task = SerializedTask.Read(Fused.ToBytes([X], out var arguments));
        CheckFused(task.Invoke(arguments));
        Assert.That(task.Function, Is.Null);
        Assert.That(
            task.Module,
            Does.Contain("call @\"TravellingPlugin.Fused\"").Or.Contain("call @TravellingPlugin.Fused")
        );
    }

    [Test]
    public void A_trivial_task_takes_less_than_a_kilobyte()
    {
        var one = PortableTask.Of(Scale).ToBytes([X, 2.0], out var arguments);
        Assert.That(one, Has.Length.LessThanOrEqualTo(1024));
        Assert.That(SerializedValues.Write(2.0), Has.Length.LessThanOrEqualTo(64));
        var result = (Tensor<double>)SerializedTask.Read(one).Invoke(arguments)[0]!;
        Assert.That(result.ToArray(), Is.EqualTo(new[] { 8.0, 6, 4, 2 }));
        TestContext.Out.WriteLine($"{one.Length} bytes; five fused: {Fused.ToBytes([X], out _).Length} bytes");
    }

    [Test]
    public void A_plain_task_runs_by_name_where_its_plugin_is_known()
    {
        var task = PortableTask.Of(Describe).ToBytes(["x", new[] { 1, 2 }], out var arguments);
        Assert.That(task, Has.Length.LessThanOrEqualTo(64));
        var values = SerializedValues.Write(arguments);
        var (results, errors) = TaskProcess.Run(task, values, "interpreter", typeof(TravellingPlugin));
        Assert.That(errors, Is.Empty);
        var text = (string)SerializedValues.Read(results!)[0];
        Assert.That(text, Does.StartWith("x: 1+2 in "));
        Assert.That(text, Does.Not.EndWith($" {Environment.ProcessId}"), "it ran in the other process");

        var (none, why) = TaskProcess.Run(task, values, "interpreter");
        Assert.That(none, Is.Null);
        Assert.That(why, Does.Contain("the function TravellingPlugin.Text is not registered in this process"));
    }

    [Test]
    public async Task Every_task_of_a_graph_runs_in_another_process()
    {
        var flow = new Flow(Resolver);
        var weighed = flow.Call<TravellingPlugin.Weigh>(flow.Call<TravellingPlugin.Scale>(flow.Input(X, "x"), 2.0));
        var sum = flow.Call<TravellingPlugin.Sum>(weighed);
        var text = flow.Call<TravellingPlugin.Describe>("x", flow.Run((double s) => new[] { (int)s }, sum));
        var scheduler = new ProcessScheduler("interpreter", typeof(TravellingPlugin));
        var results = await flow.ComputeAsync([sum, text], new ComputeOptions { Scheduler = scheduler });
        Assert.That(results[0], Is.EqualTo(12.0));
        Assert.That((string)results[1]!, Does.StartWith("x: 12 in "));
        Assert.That((string)results[1]!, Does.Not.EndWith($" {Environment.ProcessId}"));
        Assert.That(scheduler.Travelled, Has.Count.EqualTo(2), string.Join(", ", scheduler.Travelled));
    }

    [Test]
    public void Bytes_are_for_one_class_of_shapes()
    {
        var add = Of<Func<Tensor<double>, Tensor<double>, Tensor<double>>>("Add", (x, y) => x + y);
        var matrix = Tensor.Create([1.0, 2, 3, 4], [2, 2]);
        var row = Tensor.Create([10.0, 20], [1, 2]);
        var flat = SerializedTask.Read(PortableTask.Of(add).ToBytes([matrix, matrix], out _));
        var broadcast = SerializedTask.Read(PortableTask.Of(add).ToBytes([matrix, row], out _));
        Assert.That(Elements(flat.Invoke(X, X)), Is.EqualTo(new[] { 8.0, 6, 4, 2 }));
        Assert.That(Elements(broadcast.Invoke(matrix, row)), Is.EqualTo(new[] { 11.0, 22, 13, 24 }));
        Assert.Throws<SerializationException>(() => flat.Invoke(matrix, row));
        Assert.Throws<SerializationException>(() => broadcast.Invoke(matrix, matrix));
        Assert.Throws<SerializationException>(() => broadcast.Invoke(X, X));
        Assert.Throws<ArgumentException>(() => broadcast.Invoke(matrix));
        Assert.Throws<ArgumentException>(() => broadcast.Invoke(matrix, 1.0));

        static double[] Elements(object?[] results) => ((Tensor<double>)results.Single()!).ToArray();
    }

    [Test]
    public void Exceptions_of_the_task_are_its_own_in_every_process()
    {
        var divide = Of<Func<int, int, int>>("Divide", (x, y) => x / y);
        var task = PortableTask.Of(divide).ToBytes([1, 0], out var arguments);
        Assert.Throws<DivideByZeroException>(() => SerializedTask.Read(task).Invoke(arguments));
        var (_, errors) = TaskProcess.Run(task, SerializedValues.Write(arguments), "cpu");
        Assert.That(errors, Does.StartWith("DivideByZeroException"));
    }

    [Test]
    public void Equal_tasks_have_equal_bytes()
    {
        var again = PortableTask.Of(Scale).ToBytes([X, 3.0], out _);
        Assert.That(PortableTask.Of(Scale).ToBytes([X, 2.0], out _), Is.EqualTo(again));
    }

    [Test]
    public void What_cannot_travel_is_named()
    {
        var parse = Of<Func<string, int>>("Parse", s => int.Parse(s));
        var error = Assert.Throws<SerializationException>(() => PortableTask.Of(parse).ToBytes(["1"], out _))!;
        Assert.That(error.Message, Does.Contain("Plugin.cs(12): cannot compile"));
        error = Assert.Throws<SerializationException>(() => SerializedValues.Write(new Version(1, 2)))!;
        Assert.That(error.Message, Does.Contain("System.Version"));
        Assert.Throws<SerializationException>(() => SerializedValues.Write((object?)null));
        Assert.Throws<SerializationException>(() => SerializedValues.Write((1, (string?)null)));
    }
}
