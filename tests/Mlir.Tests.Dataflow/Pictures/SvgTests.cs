using System.Globalization;
using System.Xml.Linq;
using Mlir.Dataflow;
using Mlir.IR;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>SVG by our own layout.</summary>
public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static List<XElement> Nodes(XDocument svg) =>
        [.. svg.Descendants(Svg + "g").Where(g => ((string?)g.Attribute("class"))?.StartsWith("node ") == true)];

    private static XElement NodeWith(XDocument svg, string text) =>
        Nodes(svg).First(node => node.Elements(Svg + "text").Any(line => line.Value == text));

    private static XDocument Pipeline() =>
        XDocument.Parse(Drawings.Picture(Drawings.Pipeline, Drawings.Optimized).ToSvg());

    [TestCase("graph.rank", "node algorithm", "polygon", 1)]
    [TestCase("example.add", "node compilable", "polygon", 1)]
    [TestCase("example.offset", "node fused", "polygon", 2)]
    [TestCase("Plugin.ToCsr", "node translation", "ellipse", 1)]
    [TestCase("prices", "node data", "polygon", 1)]
    [TestCase("lambda", "node other", "circle", 1)]
    public void Each_kind_of_node_has_its_shape(string text, string kind, string shape, int count)
    {
        var node = NodeWith(Pipeline(), text);
        Assert.Multiple(() =>
        {
            Assert.That((string?)node.Attribute("class"), Is.EqualTo(kind));
            Assert.That(node.Elements(Svg + shape).ToList(), Has.Count.EqualTo(count));
        });
    }

    [TestCase("graph.rank", 8)]
    [TestCase("example.offset", 8)]
    [TestCase("prices", 4)]
    public void Outlines_have_as_many_corners_as_their_name_says(string text, int corners) =>
        Assert.That(
            ((string)NodeWith(Pipeline(), text).Element(Svg + "polygon")!.Attribute("points")!).Split(' '),
            Has.Length.EqualTo(corners)
        );

    [Test]
    public void Compiled_tasks_are_red_and_wanted_values_have_a_thick_outline()
    {
        var svg = Pipeline();
        Assert.Multiple(() =>
        {
            Assert.That(
                svg.Descendants(Svg + "style").Single().Value,
                Does.Contain(".compilable .shape, .fused .shape { fill: #fff5f5; stroke: #d1242f;")
            );
            Assert.That(
                Nodes(svg)
                    .Count(node => ((string)node.Attribute("class")!).EndsWith(" wanted", StringComparison.Ordinal)),
                Is.EqualTo(2)
            );
        });
    }

    [Test]
    public void Hostile_names_are_text_and_nothing_else()
    {
        var svg = XDocument.Parse(Drawings.Picture(Drawings.Hostile).ToSvg());
        string[] known =
        [
            "svg",
            "title",
            "style",
            "rect",
            "defs",
            "marker",
            "path",
            "g",
            "text",
            "polygon",
            "ellipse",
            "circle",
        ];
        Assert.Multiple(() =>
        {
            Assert.That(svg.Descendants().Select(e => e.Name.LocalName).Except(known), Is.Empty);
            Assert.That(
                svg.Descendants().Attributes().Select(a => a.Name.LocalName).Where(name => name.StartsWith("on")),
                Is.Empty
            );
            Assert.That(
                svg.Root!.Element(Svg + "title")!.Value,
                Is.EqualTo("Task graph </title><script>document.title='run'</script>")
            );
            Assert.That(NodeWith(svg, "(&lt;b&gt;)"), Is.Not.Null);
        });
    }

    [TestCase("\\00\\01\\1B\\7F")]
    [TestCase("\u202eabc\u2066")]
    [TestCase("\ufffe\uffff")]
    [TestCase("日本語 🚀 é")]
    public void Any_name_makes_a_well_formed_file(string name)
    {
        var graph = $$"""
            flow.graph @g {
              %x = flow.input "{{name}}" : !flow.data<"A">
              flow.yield %x : !flow.data<"A">
            }
            """;
        var svg = XDocument.Parse(Drawings.Picture(graph).ToSvg());
        var label = Nodes(svg).Single().Elements(Svg + "text").First().Value;
        Assert.Multiple(() =>
        {
            Assert.That(label, Is.Not.Empty);
            Assert.That(label.Any(c => char.IsControl(c) || c is '\u202e' or '\u2066'), Is.False);
        });
    }

    [Test]
    public void Half_surrogates_make_a_well_formed_file()
    {
        var graph = Drawings.Parse(Drawings.Pipeline);
        foreach (var input in graph.Body.Operations.OfType<Mlir.Dialects.Flow.InputOp>())
        {
            input.SetAttribute("name", StringAttr.Get("a\ud800b"));
        }

        Assert.That(Nodes(XDocument.Parse(new GraphPicture(graph).ToSvg())), Has.Count.GreaterThan(10));
    }

    [Test]
    public void Every_arrow_ends_on_the_upper_side_of_its_node()
    {
        var svg = Pipeline();
        var nodes = Nodes(svg);
        var arrows = svg.Descendants(Svg + "path").Where(path => path.Attribute("data-to") is not null).ToList();
        Assert.That(arrows, Has.Count.EqualTo(13));
        foreach (var arrow in arrows)
        {
            var node = nodes[(int)arrow.Attribute("data-to")!];
            var text = node.Elements(Svg + "text").ToList();
            var d = ((string)arrow.Attribute("d")!).Split(['M', 'L', 'C', ' '], StringSplitOptions.RemoveEmptyEntries);
            var (x, y) = (Number(d[^2]), Number(d[^1]));
            Assert.That(x, Is.EqualTo(Number((string)text[0].Attribute("x")!)).Within(60));
            Assert.That(y, Is.LessThan(Number((string)text[0].Attribute("y")!)));
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Test]
    public void The_same_graph_gives_the_same_picture() =>
        Assert.That(
            Drawings.Picture(Drawings.Pipeline).ToSvg(),
            Is.EqualTo(Drawings.Picture(Drawings.Pipeline).ToSvg())
        );

    [Test]
    public void An_empty_graph_is_an_empty_picture() =>
        Assert.That(Nodes(XDocument.Parse(Drawings.Picture("flow.graph @g {\n  flow.yield\n}").ToSvg())), Is.Empty);

    [Test]
    public void A_graph_over_the_limit_is_refused_with_what_can_be_done()
    {
        var error = Assert.Throws<PictureException>(() =>
            Drawings.Picture(Drawings.Pipeline).ToSvg(new() { MaxNodes = 5 })
        );
        Assert.That(error!.Message, Does.StartWith("the picture of @pipeline would have 18 nodes, more than 5: "));
    }

    [Test]
    public void Drawing_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Drawings.Picture(Drawings.Pipeline).ToSvg(new() { Cancellation = stop.Token })
        );
    }
}
