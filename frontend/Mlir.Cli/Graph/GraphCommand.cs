using System.Collections.Immutable;
using System.CommandLine;
using Mlir.Dataflow;
using Mlir.Dialects.Flow;
using Mlir.Lowering;

namespace Mlir.Cli.Graph;

/// <summary><c>mlir graph</c>: draws a task graph, before and after optimization.</summary>
internal static class GraphCommand
{
    private const string Ours = "layered";
    private const string Graphviz = "dot";

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file")
        {
            Description = "A .mlir file with a flow.graph; - reads standard input",
        };
        var output = new Option<string>("-o", "--output")
        {
            Description = "Where to draw: .svg, .html (zoom, search, before and after) or .dot; - writes DOT",
            HelpName = "file",
            DefaultValueFactory = _ => "-",
        };
        var name = new Option<string?>("--graph")
        {
            Description = "Which graph of the file, where it holds several",
            HelpName = "name",
        };
        var asBuilt = new Option<bool>("--no-optimize") { Description = "Draw the graph as it stands in the file" };
        var compilers = new Option<string>("--compilers")
        {
            Description =
                "Compilers whose tasks keep all cores busy: they get whole subgraphs, others chains; for example cpu,gpu",
            HelpName = "names",
            DefaultValueFactory = _ => "cpu",
        };
        var bare = new Option<bool>("--no-data") { Description = "Leave out the values between tasks" };
        var layout = new Option<string>("--layout")
        {
            Description = "layered: our own layout; dot: Graphviz's, if it is installed",
            DefaultValueFactory = _ => Ours,
        };
        layout.AcceptOnlyFromAmong(Ours, Graphviz);
        var limit = new Option<int>("--max-nodes")
        {
            Description = "The most nodes of a .svg or .html picture",
            HelpName = "count",
            DefaultValueFactory = _ => PictureOptions.Default.MaxNodes,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--max-nodes must be at least 1");
            }
        });

        var command = new Command("graph", "Draw a task graph: octagons are algorithms, red ones are compiled")
        {
            file,
            output,
            name,
            asBuilt,
            compilers,
            bare,
            layout,
            limit,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var path = parsed.GetRequiredValue(output);
                if (path != "-")
                {
                    GraphPicture.CheckPath(path);
                }

                var source = await SourceFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
                var graph = Choose(source, parsed.GetValue(name));
                var optimized = parsed.GetValue(asBuilt)
                    ? null
                    : Optimize(graph, Names(parsed.GetRequiredValue(compilers)), cancellation);
                var options = new PictureOptions
                {
                    ShowData = !parsed.GetValue(bare),
                    Layout =
                        parsed.GetRequiredValue(layout) == Graphviz ? PictureLayout.Graphviz : PictureLayout.Layered,
                    MaxNodes = parsed.GetValue(limit),
                    Cancellation = cancellation,
                };
                var picture = new GraphPicture(graph, optimized);
                if (path == "-")
                {
                    await terminal.Output.WriteAsync(picture.ToDot(options).AsMemory(), cancellation);
                }
                else
                {
                    await DrawingBar.ShowAsync(
                        terminal,
                        $"drawing {path}",
                        progress => picture.Save(path, options with { Progress = progress })
                    );
                }

                return 0;
            }
        );
        return command;
    }

    /// <summary>The graph of that name; the only one where no name is given.</summary>
    private static GraphOp Choose(SourceFile source, string? name)
    {
        var graphs = source.ParseAndVerify().Regions[0].Single.Operations.OfType<GraphOp>().ToList();
        var known = string.Join(", ", graphs.Select(graph => $"@{graph.SymName}"));
        if (graphs.Count == 0)
        {
            throw new UsageException($"{source.Name} holds no 'flow.graph'");
        }

        if (name is null)
        {
            return graphs.Count == 1
                ? graphs[0]
                : throw new UsageException(
                    $"{source.Name} holds {graphs.Count} graphs: choose one with --graph ({known})"
                );
        }

        return graphs.Find(graph => graph.SymName == name.TrimStart('@'))
            ?? throw new UsageException($"{source.Name} holds no graph '{name}'; there is {known}");
    }

    private static GraphOp Optimize(GraphOp graph, ImmutableArray<string> compilers, CancellationToken cancellation)
    {
        var copy = FlowOptimizer.Extract(graph, graph.Yield.Operands);
        var options = PassManagerOptions.Default with { Cancellation = cancellation };
        new PassManager(options).RunOrThrow(FlowOptimizer.Pipeline(compilers), copy);
        return copy;
    }

    private static ImmutableArray<string> Names(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
