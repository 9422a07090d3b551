using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>What calls add to a graph, and which are refused.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildingTests
{
    private static readonly Resolver Resolver = Arithmetic.NewResolver();
    private static readonly Tensor<double> X = Tensor.Create([1.0, 2, 3]);
    private readonly Flow _flow = new(Resolver);

    [Test]
    public void Equal_calls_are_one_task()
    {
        var x = _flow.Input(X);
        var a = _flow.Call<Arithmetic.Scale>(x, 2.0);
        var b = _flow.Call("test.scale", _flow.Input(X), new Named("by", 2));
        var c = _flow.Call<Arithmetic.Scale>(X);
        var d = _flow.Call((Arithmetic.Scale scale) => scale(x.Value, 2.0));
        Assert.That(new[] { b, c, d }, Is.All.EqualTo(a));
    }

    [Test]
    public void Calls_with_other_literals_inputs_or_algorithms_are_other_tasks()
    {
        var x = _flow.Input(X);
        FlowValue[] all =
        [
            _flow.Call<Arithmetic.Scale>(x, 2.0),
            _flow.Call<Arithmetic.Scale>(x, 3.0),
            _flow.Call<Arithmetic.Scale>(x, 0.0),
            _flow.Call<Arithmetic.Scale>(x, -0.0),
            _flow.Call<Arithmetic.Scale>(x, double.NaN),
            _flow.Call<Arithmetic.Offset>(x, 2.0),
            _flow.Call<Arithmetic.Scale>(Tensor.Create([1.0, 2, 3]), 2.0),
        ];
        Assert.That(all, Is.Unique);
    }

    [Test]
    public void The_same_object_is_the_same_input_unless_it_gets_another_name()
    {
        var x = _flow.Input(X);
        Assert.Multiple(() =>
        {
            Assert.That(_flow.Input(X), Is.EqualTo(x));
            Assert.That(_flow.Input(X, "X"), Is.EqualTo(x));
            Assert.That(_flow.Input(X, "again"), Is.Not.EqualTo(x));
            Assert.That(x.ToString(), Is.EqualTo("%X = flow.input \"X\" : !flow.data<\"Tensor<double>\">"));
        });
    }

    [Test]
    public void Inputs_of_one_name_get_numbers()
    {
        var names = Enumerable.Range(0, 3).Select(i => _flow.Input(new object()).ToString()).ToList();
        Assert.That(names[0], Does.Contain("flow.input \"input\""));
        Assert.That(names[2], Does.Contain("flow.input \"input_2\""));
    }

    [Test]
    public void A_name_that_is_taken_is_refused()
    {
        _flow.Input(X, "x");
        var error = Assert.Throws<FlowException>(() => _flow.Input(new object(), "x"));
        Assert.That(error!.Message, Does.Match(@"^BuildingTests\.cs\(\d+\): the graph has a node ""x"" already$"));
    }

    [Test]
    public void A_value_of_the_graph_is_no_input()
    {
        var error = Assert.Throws<FlowException>(() => _flow.Input(_flow.Input(X)));
        Assert.That(error!.Message, Does.Contain("an input is a value, not another value of a graph"));
    }

    [Test]
    public void Arguments_are_translated_where_types_differ()
    {
        var boxed = _flow.Call<Arithmetic.Box>(_flow.Input(X));
        var again = _flow.Call<Arithmetic.Scale>(boxed, 2.0);
        Assert.That(
            _flow.ToString(),
            Is.EqualTo(
                """
                flow.graph @flow {
                  %X = flow.input "X" : !flow.data<"Tensor<double>">
                  %0 = flow.translate by "Arithmetic.ToBoxed"(%X) : (!flow.data<"Tensor<double>">) -> !flow.data<"Mlir.Tests.Dataflow.Graphs.Arithmetic.Boxed">
                  %1 = flow.task "test.box" by "Arithmetic.BoxPlain"(%0) : (!flow.data<"Mlir.Tests.Dataflow.Graphs.Arithmetic.Boxed">) -> !flow.data<"Mlir.Tests.Dataflow.Graphs.Arithmetic.Boxed">
                  %2 = flow.translate by "Arithmetic.ToTensor"(%1) : (!flow.data<"Mlir.Tests.Dataflow.Graphs.Arithmetic.Boxed">) -> !flow.data<"Tensor<double>">
                  %3 = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
                  %4 = flow.task "test.scale" by "Arithmetic.ScaleFused" on "interpreter"(%2, %3) : (!flow.data<"Tensor<double>">, !flow.data<"double">) -> !flow.data<"Tensor<double>">
                  flow.yield %4 : !flow.data<"Tensor<double>">
                }

                """
            )
        );
        Assert.That(again.Type, Is.EqualTo(typeof(Tensor<double>)));
    }

    [Test]
    public void Enumerations_strings_and_null_are_literals_and_extra_parameters_take_their_defaults()
    {
        _flow.Call<Arithmetic.Step>(3, Arithmetic.Direction.Down);
        _flow.Call<Arithmetic.Step>(3, Arithmetic.Direction.Up, "é \"x\"");
        var text = _flow.ToString();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("flow.literal 3 : i32 -> !flow.data<\"int\">"));
            Assert.That(
                text,
                Does.Contain("flow.literal 1 : i32 -> !flow.data<\"Mlir.Tests.Dataflow.Graphs.Arithmetic.Direction\">")
            );
            Assert.That(text, Does.Contain("flow.literal unit -> !flow.data<\"string\">"));
            Assert.That(text, Does.Contain("flow.literal \"\\E9 \\22x\\22\" -> !flow.data<\"string\">"));
            Assert.That(text, Does.Contain("\"Arithmetic.StepPlain\"(%0, %1, %2, %3)"));
            Assert.That(text, Does.Not.Contain("flow.input"));
        });
    }

    [Test]
    public void A_call_can_ask_for_one_plugin_and_for_a_type()
    {
        var x = _flow.Input(X);
        var any = _flow.CallWith<Arithmetic.Scale>([x, 2.0]);
        var other = _flow.CallWith<Arithmetic.Scale>([x, 2.0], plugin: "Other");
        var boxed = _flow.CallWith("test.scale", [x, 2.0], resultType: typeof(Arithmetic.Boxed));
        Assert.Multiple(() =>
        {
            Assert.That(any.ToString(), Does.Contain("by \"Arithmetic.ScaleFused\""));
            Assert.That(other.ToString(), Does.Contain("by \"Other.ScaleTwice\""));
            Assert.That(boxed.Type, Is.EqualTo(typeof(Arithmetic.Boxed)));
            Assert.That(any.As<Arithmetic.Boxed>(), Is.EqualTo(boxed));
        });
    }

    [Test]
    public void Several_results_are_a_tuple_whose_items_are_values()
    {
        var extremes = _flow.Call<Arithmetic.Extremes>(X);
        Assert.Multiple(() =>
        {
            Assert.That(extremes.Item(0).Type, Is.EqualTo(typeof(double)));
            Assert.That(extremes.Item(1), Is.EqualTo(extremes.Item(1)));
            Assert.That(extremes.Item(1), Is.Not.EqualTo(extremes.Item(0)));
            Assert.That(
                Assert.Throws<FlowException>(() => extremes.Item(2))!.Message,
                Does.Contain("(double, double) has 2 items, so there is no item 2")
            );
            Assert.That(
                Assert.Throws<FlowException>(() => _flow.Input(X).Item(0))!.Message,
                Does.Contain("a value of type Tensor<double> has no items: it is no tuple")
            );
        });
    }

    [Test]
    public void Items_beyond_the_seventh_are_values_too()
    {
        var tuple = _flow.Input((1, 2, 3, 4, 5, 6, 7, "eight", 9.0));
        Assert.That(tuple.Item(7).Type, Is.EqualTo(typeof(string)));
        Assert.That(tuple.Item(8).Type, Is.EqualTo(typeof(double)));
        Assert.Throws<FlowException>(() => tuple.Item(9));
    }

    [Test]
    public void Values_of_another_graph_are_refused()
    {
        var other = new Flow(Resolver, "other");
        var foreign = other.Input(X);
        const string message = "is a value of another graph, other: compute it first, or build both in one graph";
        Assert.Multiple(() =>
        {
            Assert.That(
                Assert.Throws<FlowException>(() => _flow.Call<Arithmetic.Scale>(foreign, 2.0))!.Message,
                Does.Match(@"^BuildingTests\.cs\(\d+\): an argument of test\.scale ").And.EndsWith(message)
            );
            Assert.That(
                Assert.Throws<FlowException>(() => _flow.Call<Arithmetic.Scale>(new Named("x", foreign)))!.Message,
                Does.EndWith(message)
            );
            Assert.That(
                Assert.Throws<FlowException>(() => _flow.Run((Tensor<double> x) => x, foreign))!.Message,
                Does.EndWith(message)
            );
            Assert.That(
                Assert.Throws<ArgumentException>(() => _flow.GetGraph(foreign))!.Message,
                Does.Contain("belongs to another graph, other")
            );
        });
    }

    private static readonly (string, Action<Flow>, string)[] Refused =
    [
        ("unknown name", f => f.Call("test.scal", X), "there is no algorithm test.scal"),
        ("no algorithm", f => f.Call<Action>(), "declares no algorithm: mark it with [AbstractAlgorithm(…)]"),
        ("too few", f => f.Call<Arithmetic.Offset>(X), "lacks the argument 'by'"),
        ("too many", f => f.Call<Arithmetic.Offset>(X, 1.0, 2.0), "takes at most 2 arguments, not 3"),
        ("twice", f => f.Call<Arithmetic.Offset>(X, 1.0, new Named("x", X)), "gives the parameter 'x' twice"),
        ("wrong keyword", f => f.Call<Arithmetic.Offset>(X, new Named("bye", 1.0)), "has no parameter 'bye'"),
        ("wrong type", f => f.Call<Arithmetic.Offset>(X, "1"), "no implementation can be used"),
        ("wrong version", f => f.CallWith("test.offset", [X, 1.0], version: 7), "there is no version 7"),
        ("wrong plugin", f => f.CallWith<Arithmetic.Offset>([X, 1.0], plugin: "None"), "of the plugin None"),
        ("no way", f => f.Input(X).As<string>(), "there is no translation from Tensor<double> to string"),
        ("no call", f => f.Call((Arithmetic.Sum s) => 1.0), "is no call of s"),
        (
            "no constant",
            f => f.Call((Arithmetic.Offset o) => o(X, f.Input(1.0, "i").Value + 1)),
            "cannot be computed here"
        ),
        ("void", f => f.RunWith(() => { }, []), "a function without a result cannot be a task"),
        ("arity", f => f.RunWith((int a) => a, []), "the function takes 1 arguments, not 0"),
        ("argument", f => f.RunWith((int a) => a, ["x"]), "argument 0 is of type string, but the function takes int"),
        ("null", f => f.RunWith((int a) => a, [null]), "argument 0 is null, but the function takes int"),
    ];

    private static IEnumerable<TestCaseData> RefusedCases() =>
        Refused.Select(c => new TestCaseData(c.Item2, c.Item3).SetArgDisplayNames(c.Item1));

    [TestCaseSource(nameof(RefusedCases))]
    public void What_does_not_fit_is_refused_where_it_is_called(Action<Flow> build, string message)
    {
        var error = Assert.Throws<FlowException>(() => build(_flow));
        Assert.That(error!.Message, Does.StartWith("BuildingTests.cs(").And.Contains(message));
        Assert.That(error.Site.File, Does.EndWith("BuildingTests.cs"));
    }

    [Test]
    public void The_value_of_a_value_is_for_expressions_only()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _ = _flow.Input(X).Value);
        Assert.That(error!.Message, Does.Contain("call ComputeAsync"));
    }

    [Test]
    public async Task Several_threads_may_build_one_graph()
    {
        var x = _flow.Input(X);
        var ends = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        FlowValue value = x;
                        for (var i = 0; i < 500; i++)
                        {
                            value = _flow.Call<Arithmetic.Scale>(value, (double)i);
                        }

                        return value;
                    })
                )
        );
        Assert.That(ends, Is.All.EqualTo(ends[0]));
    }
}
