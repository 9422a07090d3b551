namespace Mlir.Tests.Cli;

public sealed class GraphTests
{
    private const string Chain = """
        !t = !flow.data<"Tensor<double>">
        flow.graph @chain {
          %x = flow.input "x" : !t
          %a = flow.task "example.scale" by "Plugin.Scale" on "cpu"(%x) : (!t) -> !t
          %b = flow.task "example.offset" by "Plugin.Offset" on "cpu"(%a) : (!t) -> !t
          flow.yield %b : !t
        }

        """;

    // Chains alone fuse to two tasks; a compiler that runs in parallel inside gets all of it.
    private const string FanOut = """
        !t = !flow.data<"Tensor<double>">
        flow.graph @fan {
          %x = flow.input "x" : !t
          %a = flow.task "f" by "F" on "cpu"(%x) : (!t) -> !t
          %b = flow.task "g" by "G" on "cpu"(%a) : (!t) -> !t
          %c = flow.task "h" by "H" on "cpu"(%a) : (!t) -> !t
          %d = flow.task "i" by "I" on "cpu"(%b, %c) : (!t, !t) -> !t
          flow.yield %d : !t
        }

        """;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mlir-graph").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    [Test]
    public void The_optimized_graph_comes_out_as_dot()
    {
        var run = Cli.RunWithInput(Chain, "graph", "-");
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(
            run.Output,
            Does.StartWith("digraph \"chain\" {\n")
                .And.Contains("shape=doubleoctagon, color=red")
                .And.Contains(@"label=""example.scale\nexample.offset""")
        );
    }

    [Test]
    public void The_graph_as_it_stands_is_drawn_on_demand() =>
        Assert.That(
            Cli.RunWithInput(Chain, "graph", "-", "--no-optimize").Output,
            Does.Not.Contain("doubleoctagon").And.Contains("shape=octagon, color=red")
        );

    [TestCase("cpu", 1)]
    [TestCase("gpu, cpu", 1)]
    [TestCase("gpu", 0)]
    public void Compilers_that_run_in_parallel_get_whole_subgraphs(string compilers, int fused) =>
        Assert.That(
            Cli.RunWithInput(FanOut, "graph", "-", "--compilers", compilers).Output.Split("doubleoctagon"),
            Has.Length.EqualTo(fused + 1)
        );

    [Test]
    public void Data_is_left_out_on_demand() =>
        Assert.That(
            Cli.RunWithInput(Chain, "graph", "-", "--no-data").Output.Split("parallelogram"),
            Has.Length.EqualTo(2)
        );

    [TestCase("x.svg", "<svg xmlns=")]
    [TestCase("x.SVG", "<svg xmlns=")]
    [TestCase("x.html", "<!doctype html>")]
    [TestCase("x.dot", "digraph ")]
    [TestCase("x.gv", "digraph ")]
    public void The_extension_says_what_is_drawn(string name, string begin)
    {
        File.WriteAllText(In("chain.mlir"), Chain);
        var run = Cli.Run("graph", In("chain.mlir"), "-o", In(name));
        Assert.That(run, Is.EqualTo((0, "", "")));
        Assert.That(File.ReadAllText(In(name)), Does.StartWith(begin).And.Contains("example.offset"));
    }

    [Test]
    public void Another_extension_is_refused_before_anything_is_read() =>
        Assert.That(
            Cli.Run("graph", "no-such.mlir", "-o", "x.png"),
            Is.EqualTo(
                (
                    1,
                    "",
                    "mlir: 'x.png' does not say what to draw: a picture is a file that ends in .svg, .html or .dot\n"
                )
            )
        );

    [Test]
    public void Errors_in_the_text_are_located()
    {
        var run = Cli.RunWithInput(Chain.Replace("(%a)", "(%z)", StringComparison.Ordinal), "graph", "-");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Errors, Does.Contain("<stdin>(5,").And.Contains("%z"));
    }

    [Test]
    public void A_graph_that_is_not_well_formed_is_refused_where_it_is_wrong() =>
        Assert.That(
            Cli.RunWithInput("flow.graph @g {\n}\n", "graph", "-").Errors,
            Does.Contain("<stdin>(1,1): error").And.Contains("must have 1 block")
        );

    [Test]
    public void A_file_without_a_graph_says_so() =>
        Assert.That(Cli.RunWithInput("", "graph", "-"), Is.EqualTo((1, "", "mlir: <stdin> holds no 'flow.graph'\n")));

    [Test]
    public void Of_several_graphs_one_is_chosen_by_name()
    {
        var both = Chain + FanOut.Replace("!t = !flow.data<\"Tensor<double>\">\n", "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(
                Cli.RunWithInput(both, "graph", "-").Errors,
                Is.EqualTo("mlir: <stdin> holds 2 graphs: choose one with --graph (@chain, @fan)\n")
            );
            Assert.That(
                Cli.RunWithInput(both, "graph", "-", "--graph", "no").Errors,
                Is.EqualTo("mlir: <stdin> holds no graph 'no'; there is @chain, @fan\n")
            );
            Assert.That(
                Cli.RunWithInput(both, "graph", "-", "--graph", "fan").Output,
                Does.StartWith("digraph \"fan\"")
            );
            Assert.That(
                Cli.RunWithInput(both, "graph", "-", "--graph", "@chain").Output,
                Does.Contain("example.scale")
            );
        });
    }

    [Test]
    public void A_picture_over_the_limit_is_refused()
    {
        var run = Cli.RunWithInput(Chain, "graph", "-", "-o", In("x.svg"), "--max-nodes", "2");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.StartWith("mlir: the picture of @chain would have 3 nodes, more than 2: "));
        Assert.That(File.Exists(In("x.svg")), Is.False);
    }

    [Test]
    public void Help_names_the_formats() =>
        Assert.That(Cli.Run("graph", "--help").Output, Does.Contain(".svg, .html").And.Contains("--no-optimize"));
}
