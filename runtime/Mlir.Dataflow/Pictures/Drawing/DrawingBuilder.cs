using System.Collections.Immutable;
using System.Globalization;
using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Dataflow.Pictures;

/// <summary>
/// Makes the nodes of a graph's picture. Each value is a node between the task that makes it and those that take it, a fused task stands for all of its
/// tasks, and a literal is drawn beside each task that takes it: one circle for all of them would pull lines across the whole picture.
/// </summary>
internal sealed class DrawingBuilder
{
    // A fused task shows this many names; the first and the last ones if there are more.
    private const int MaxFusedLines = 14;

    // The details of a node name at most this many fused tasks.
    private const int MaxFusedDetails = 100;

    private const int MaxLine = 44;
    private const int MaxCircleLine = 14;

    private readonly GraphOp _graph;
    private readonly RunReport? _report;
    private readonly bool _showsData;
    private readonly List<PictureNode> _nodes = [];
    private readonly List<PictureEdge> _edges = [];
    private readonly Dictionary<Value, int> _places = [];

    private DrawingBuilder(GraphOp graph, RunReport? report, bool showsData)
    {
        _graph = graph;
        _report = report;
        _showsData = showsData;
    }

    /// <summary>Makes a drawing of a graph.</summary>
    /// <param name="graph">The graph, well formed.</param>
    /// <param name="report">What its tasks took; null where nothing ran.</param>
    /// <param name="showsData">Whether results are nodes.</param>
    public static PictureDrawing Build(GraphOp graph, RunReport? report, bool showsData) =>
        new DrawingBuilder(graph, report, showsData).Build();

    private PictureDrawing Build()
    {
        foreach (var op in _graph.Body.Operations)
        {
            switch (op)
            {
                case InputOp input:
                    AddInput(input);
                    break;
                case LiteralOp:
                    break;
                case YieldOp yield:
                    MarkWanted(yield);
                    break;
                default:
                    AddTask(op);
                    break;
            }
        }

        return new PictureDrawing(LabelText.Clean(_graph.SymName), _nodes, _edges);
    }

    private void AddInput(InputOp input)
    {
        var (name, type) = (LabelText.Clean(input.Name), TypeOf(input.Value));
        _places[input.Value] = Add(
            new PictureNode(
                NodeStyle.Data,
                "input",
                name,
                [Line(name, LineWeight.Strong), Line(type)],
                Details(input, $"input {name}", $"type: {type}")
            )
        );
    }

    private void AddTask(Operation op)
    {
        TaskProfile? profile = null;
        _report?.TryGet(op, out profile);
        var node = Describe(op, profile);
        var sources = new List<int>();
        var seen = new HashSet<int>();
        foreach (var operand in op.Operands)
        {
            var source = operand.Definer is LiteralOp literal ? AddLiteral(literal) : PlaceOf(operand, op);
            if (seen.Add(source))
            {
                sources.Add(source);
            }
        }

        var place = Add(node);
        foreach (var source in sources)
        {
            _edges.Add(new PictureEdge(source, place));
        }

        for (var i = 0; i < op.Results.Count; i++)
        {
            _places[op.Results[i]] = _showsData ? AddResult(op, i, node, place) : place;
        }
    }

    private int AddResult(Operation op, int index, PictureNode task, int place)
    {
        var type = TypeOf(op.Results[index]);
        var which = op.Results.Count == 1 ? "result" : $"result {index + 1}";
        var data = Add(
            new PictureNode(
                NodeStyle.Data,
                "data",
                type,
                [Line(type)],
                [$"{which} of {LabelText.Shorten(task.Name, 200)}", $"type: {type}"]
            )
        );
        _edges.Add(new PictureEdge(place, data));
        return data;
    }

    private int AddLiteral(LiteralOp literal)
    {
        var value = literal.Value switch
        {
            FloatAttr number => number.Value.ToString(CultureInfo.InvariantCulture),
            IntegerAttr { Type: IntegerType { Width: 1 } } truth => truth.Value == 0 ? "false" : "true",
            IntegerAttr number => number.Value.ToString(CultureInfo.InvariantCulture),
            StringAttr text => $"\"{text.Value}\"",
            var other => other.ToString(),
        };
        value = LabelText.Clean(value);
        var type = TypeOf(literal.Result);
        return Add(
            new PictureNode(
                NodeStyle.Other,
                "literal",
                value,
                [Line(value, LineWeight.Plain, MaxCircleLine)],
                Details(literal, $"literal {LabelText.Shorten(value, 1000)}", $"type: {type}")
            )
        );
    }

    private void MarkWanted(YieldOp yield)
    {
        for (var i = 0; i < yield.Operands.Count; i++)
        {
            var value = yield.Operands[i];
            var place = value.Definer is LiteralOp literal ? AddLiteral(literal) : PlaceOf(value, yield);
            var node = _nodes[place];
            _nodes[place] = node with
            {
                IsWanted = true,
                Details = node.Details.Add(yield.Operands.Count == 1 ? "the wanted value" : $"wanted value {i + 1}"),
            };
        }
    }

    private PictureNode Describe(Operation op, TaskProfile? profile)
    {
        var node = op switch
        {
            TaskOp task => Algorithm(op, task),
            TranslateOp translate => Translation(op, translate),
            FusedOp fused => Fused(fused),
            RunOp run => Circle(op, "function", LabelText.Clean(run.Name)),
            ElementOp element => Circle(
                op,
                "tuple item",
                string.Create(CultureInfo.InvariantCulture, $"[{element.Index}]")
            ),
            _ => Circle(op, "operation", LabelText.Clean(op.Name)),
        };
        return node with
        {
            IsTask = true,
            Profile = profile,
            Lines = profile is { } taken ? node.Lines.AddRange(Cost(node.Style, taken)) : node.Lines,
            Details = profile is { } known
                ? node.Details.AddRange(
                    $"time: {LabelText.Time(known.Duration)}",
                    $"results: {LabelText.Count(known.Bytes)} bytes"
                )
                : node.Details,
        };
    }

    /// <summary>What a task took, in one line; in two short ones in a circle, which a long one would make large.</summary>
    private static LabelLine[] Cost(NodeStyle style, TaskProfile profile)
    {
        var (time, bytes) = (LabelText.Time(profile.Duration), LabelText.Size(profile.Bytes));
        return style == NodeStyle.Other
            ? [Line(time, LineWeight.Faint), Line(bytes, LineWeight.Faint)]
            : [Line($"{time} · {bytes}", LineWeight.Faint)];
    }

    private static PictureNode Algorithm(Operation op, TaskOp task)
    {
        var (name, by) = (LabelText.Clean(task.Algorithm), LabelText.Clean(task.Implementation));
        var details = Details(op, $"algorithm {name}", $"by {by}");
        return task.Compiler is { } compiler
            ? new PictureNode(
                NodeStyle.Compilable,
                "compilable algorithm",
                name,
                [Line(name, LineWeight.Strong), Line($"({by})", LineWeight.Faint)],
                details.Add($"compiled by {LabelText.Clean(compiler)}")
            )
            : new PictureNode(
                NodeStyle.Algorithm,
                "algorithm",
                name,
                [Line(name, LineWeight.Strong), Line($"({by})", LineWeight.Faint)],
                details
            );
    }

    private static PictureNode Translation(Operation op, TranslateOp translate)
    {
        var by = LabelText.Clean(translate.Implementation);
        var details = Details(
            op,
            $"translation by {by}",
            $"from {TypeOf(translate.Source)}",
            $"to {TypeOf(translate.Result)}"
        );
        return new PictureNode(
            NodeStyle.Translation,
            "translation",
            by,
            [Line(by, LineWeight.Strong)],
            translate.Compiler is { } compiler ? details.Add($"compiled by {LabelText.Clean(compiler)}") : details
        );
    }

    /// <summary>One task that a compiler was given alone is drawn as what it is; more are a fused task.</summary>
    private static PictureNode Fused(FusedOp fused)
    {
        var compiler = $"compiled by {LabelText.Clean(fused.Compiler)}";
        var tasks = fused.Body.Operations.Where(op => op is IFlowTask).ToList();
        if (tasks is [TaskOp single])
        {
            var node = Algorithm(fused, single);
            return node with
            {
                Style = NodeStyle.Compilable,
                Kind = "compilable algorithm",
                Details = single.Compiler is null ? node.Details.Add(compiler) : node.Details,
            };
        }

        if (tasks is [TranslateOp translate])
        {
            return Translation(fused, translate);
        }

        var names = tasks.Select(NameOf).ToList();
        var shown = names.Count <= MaxFusedLines ? names.Count : MaxFusedLines - 4;
        var lines = names.Take(shown).Select(name => Line(name, LineWeight.Strong));
        if (shown < names.Count)
        {
            var left = names.Count - shown - 3;
            lines = lines
                .Append(Line($"… {LabelText.Count(left)} more …", LineWeight.Faint))
                .Concat(names.TakeLast(3).Select(name => Line(name, LineWeight.Strong)));
        }

        ImmutableArray<string> details =
        [
            .. Details(fused, $"{LabelText.Count(names.Count)} tasks fused into one", compiler),
            "in this order:",
            .. names.Take(MaxFusedDetails).Select((name, i) => $"{LabelText.Count(i + 1)}. {name}"),
        ];
        return new PictureNode(
            NodeStyle.Fused,
            "fused task",
            string.Join(" → ", names.Take(MaxFusedDetails)) + (names.Count > MaxFusedDetails ? " → …" : ""),
            names.Count == 0 ? [Line("nothing", LineWeight.Faint)] : [.. lines],
            names.Count > MaxFusedDetails
                ? details.Add($"… and {LabelText.Count(names.Count - MaxFusedDetails)} more")
                : details
        );
    }

    private static PictureNode Circle(Operation op, string kind, string name) =>
        new(
            NodeStyle.Other,
            kind,
            name,
            [Line(name, LineWeight.Plain, MaxCircleLine)],
            Details(op, $"{kind} {LabelText.Shorten(name, 1000)}")
        );

    private static string NameOf(Operation task) =>
        LabelText.Clean(task is TaskOp { Algorithm: var name } ? name : ((IFlowTask)task).Implementation);

    private static string TypeOf(Value value) =>
        LabelText.Clean(value.Type is DataType data ? data.Name : value.Type.ToString());

    private static LabelLine Line(string text, LineWeight weight = LineWeight.Plain, int length = MaxLine) =>
        new(LabelText.Shorten(text, length), weight);

    private static ImmutableArray<string> Details(Operation op, params ReadOnlySpan<string> lines) =>
        op.Location.File is { Line: > 0 } site
            ?
            [
                .. lines,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at {LabelText.Clean(Path.GetFileName(site.FileName))}({site.Line})"
                ),
            ]
            : [.. lines];

    private int Add(PictureNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private int PlaceOf(Value value, Operation user) =>
        _places.TryGetValue(value, out var place)
            ? place
            : throw new PictureException(
                $"the graph @{LabelText.Clean(_graph.SymName)} is not well formed: '{user.Name}' takes a value before it is made"
            );
}
