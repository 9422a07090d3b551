using System.Numerics.Tensors;
using Mlir.Dataflow;
using Mlir.IR;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>A graph as text, and back.</summary>
public sealed class TextTests
{
    private static readonly Resolver Resolver = Arithmetic.NewResolver();
    private static readonly Tensor<double> X = Tensor.Create([1.0, 2, 3]);
    private const string Double = "!flow.data<\"double\">";
    private const string Dense = "!flow.data<\"Tensor<double>\">";

    [Test]
    public async Task A_printed_graph_is_read_back_and_computes_the_same()
    {
        var flow = new Flow(Resolver, "prices");
        var x = flow.Input(X);
        var extremes = flow.Call<Arithmetic.Extremes>(flow.Call<Arithmetic.Box>(x));
        var shifted = flow.Call<Arithmetic.Offset>(flow.Call<Arithmetic.Scale>(x, double.NaN), extremes.Item(1));
        var step = flow.Call<Arithmetic.Step>(3, Arithmetic.Direction.Up, "ünïcode →\n");
        Func<Tensor<double>, int, string> function = (t, i) => $"{t[0]} {i}";
        var end = flow.RunWith(function, [x, step], "describe");
        var text = flow.ToString();

        var inputs = new Dictionary<string, object?> { ["X"] = X, ["describe"] = function };
        var again = Flow.Parse(text, Resolver, inputs);
        var values = await again.ComputeAsync([.. again.Outputs], null);
        Assert.Multiple(() =>
        {
            Assert.That(again.Name, Is.EqualTo("prices"));
            Assert.That(again.ToString(), Is.EqualTo(text));
            Assert.That(again.Outputs.Select(o => o.Key), Is.EqualTo(new[] { shifted.Key, end.Key }));
            Assert.That(values[0], Is.EqualTo(new[] { double.NaN, double.NaN, double.NaN }));
            Assert.That(values[1], Is.EqualTo("1 4"));
        });
    }

    [Test]
    public async Task A_graph_from_text_ends_with_what_the_text_says()
    {
        var flow = Flow.Parse(
            $$"""
            flow.graph @two {
              %x = flow.input "x" : {{Dense}}
              %s = flow.task "test.sum" by "Arithmetic.SumPlain"(%x) : ({{Dense}}) -> {{Double}}
              %y = flow.task "test.offset" by "Arithmetic.OffsetPlain"(%x, %s) : ({{Dense}}, {{Double}}) -> {{Dense}}
              flow.yield %s, %y, %s : {{Double}}, {{Dense}}, {{Double}}
            }
            """,
            Resolver,
            new Dictionary<string, object?> { ["x"] = X }
        );
        var values = await flow.ComputeAsync([.. flow.Outputs]);
        Assert.That(values[0], Is.EqualTo(6.0));
        Assert.That(values[1], Is.EqualTo(new[] { 7.0, 8, 9 }));
        Assert.That(values[2], Is.EqualTo(6.0));
        Assert.That(flow.ToString(), Does.Contain("flow.yield %0, %1, %0 :"));
    }

    [Test]
    public void Large_graphs_print_and_parse()
    {
        var flow = new Flow(Resolver);
        FlowValue value = flow.Input(0, "zero");
        for (var i = 0; i < 20_000; i++)
        {
            value = flow.Call<Arithmetic.Step>(value, Arithmetic.Direction.Up);
        }

        var again = Flow.Parse(flow.ToString(), Resolver, new Dictionary<string, object?> { ["zero"] = 0 });
        Assert.That(again.Outputs.Single().Key, Is.EqualTo(value.Key));
    }

    private static readonly (string Name, string Body, string Error)[] Refused =
    [
        (
            "no input",
            $"%x = flow.input \"y\" : {Dense}",
            "(2,6): error MLIR7002: no value was given for the input \"y\""
        ),
        (
            "input type",
            $"%x = flow.input \"x\" : {Double}",
            "(2,6): error MLIR7003: the value given for \"x\" is a Tensor<double>, but the graph says double"
        ),
        (
            "no function",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"test.sum\" by \"No.Such\"(%x) : ({Dense}) -> {Double}",
            "(3,6): error MLIR7004: there is no function No.Such"
        ),
        (
            "algorithm",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"test.mean\" by \"Arithmetic.SumPlain\"(%x) : ({Dense}) -> {Double}",
            "error MLIR7005: Arithmetic.SumPlain implements test.sum, but the graph says test.mean"
        ),
        (
            "no translator",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.translate by \"Arithmetic.SumPlain\"(%x) : ({Dense}) -> {Double}",
            "is no translator"
        ),
        (
            "no algorithm",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"a\" by \"Arithmetic.ToBoxed\"(%x) : ({Dense}) -> {Double}",
            "is no implementation of an algorithm"
        ),
        (
            "arity",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"test.sum\" by \"Arithmetic.SumPlain\"(%x, %x) : ({Dense}, {Dense}) -> {Double}",
            "Arithmetic.SumPlain takes 1 arguments, but the graph says 2"
        ),
        (
            "argument",
            $"%x = flow.literal 1.0 : f64 -> {Double}\n%y = flow.task \"test.sum\" by \"Arithmetic.SumPlain\"(%x) : ({Double}) -> {Double}",
            "takes Tensor<double> as argument 0, but the graph says double"
        ),
        (
            "result",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"test.sum\" by \"Arithmetic.SumPlain\"(%x) : ({Dense}) -> {Dense}",
            "Arithmetic.SumPlain gives double, but the graph says Tensor<double>"
        ),
        (
            "compiler",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.task \"test.sum\" by \"Arithmetic.SumPlain\" on \"cpu\"(%x) : ({Dense}) -> {Double}",
            "Arithmetic.SumPlain runs as it is, but the graph says by cpu"
        ),
        (
            "literal",
            $"%x = flow.literal 300 : i32 -> !flow.data<\"byte\">",
            "error MLIR7006: 300 : i32 is no literal of type byte"
        ),
        (
            "literal type",
            $"%x = flow.literal 1 : i32 -> !flow.data<\"Nobody.Knows\">",
            "error MLIR7006: no literal has the type !flow.data<\"Nobody.Knows\">"
        ),
        (
            "item",
            $"%x = flow.input \"x\" : {Dense}\n%y = flow.element %x[0] : ({Dense}) -> {Double}",
            "has no items: it is no tuple"
        ),
        (
            "function",
            $"%y = flow.run \"f\"() : () -> {Double}",
            "error MLIR7002: no value was given for the foreign function \"f\""
        ),
        (
            "no delegate",
            $"%y = flow.run \"x\"() : () -> {Double}",
            "error MLIR7003: the value given for \"x\" is a Tensor<double>"
        ),
        ("syntax", "%y = flow.nonsense", "(2,6): error "),
        ("undefined", $"%y = flow.element %z[0] : ({Dense}) -> {Double}", "(2,19): error "),
    ];

    private static IEnumerable<TestCaseData> RefusedCases() =>
        Refused.Select(c => new TestCaseData(c.Body, c.Error).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(RefusedCases))]
    public void Text_that_does_not_fit_is_refused_with_its_place(string body, string message)
    {
        var text = $"flow.graph @g {{\n{body}\nflow.yield\n}}\n";
        var inputs = new Dictionary<string, object?> { ["x"] = X };
        var error = Assert.Throws<DiagnosticException>(() => Flow.Parse(text, Resolver, inputs, "graph.mlir"));
        Assert.That(error!.Message, Does.StartWith("graph.mlir(").And.Contains(message));
    }

    [TestCase("", 0)]
    [TestCase("flow.graph @a { flow.yield }\nflow.graph @b { flow.yield }", 2)]
    public void Text_holds_one_graph(string text, int count)
    {
        var error = Assert.Throws<DiagnosticException>(() => Flow.Parse(text, Resolver));
        Assert.That(error!.Message, Does.Contain($"expected one flow.graph, found {count}"));
    }

    [Test]
    public void An_optimized_graph_is_not_read()
    {
        var flow = new Flow(Resolver);
        var z = flow.Call<Arithmetic.Scale>(flow.Call<Arithmetic.Scale>(X, 3.0), 4.0);
        var text = z.Plan().ToString();
        var error = Assert.Throws<DiagnosticException>(() =>
            Flow.Parse(text, Resolver, new Dictionary<string, object?> { ["x"] = X })
        );
        Assert.That(error!.Message, Does.Contain("'flow.fused' is what optimizing makes"));
    }
}
