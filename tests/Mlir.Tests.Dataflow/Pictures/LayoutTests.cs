using Mlir.Dataflow;
using Mlir.Dataflow.Pictures;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>What our layout promises, over graphs of many forms.</summary>
public sealed class LayoutTests
{
    private static readonly Comparer<PictureEdge> ByEnds = Comparer<PictureEdge>.Create(
        (a, b) => (a.From, a.To).CompareTo((b.From, b.To))
    );

    private static PicturePlan Place(IReadOnlyList<NodeShape> shapes, IReadOnlyList<PictureEdge> edges) =>
        LayeredLayout.Place(shapes, edges, PictureOptions.Default);

    private static List<NodeShape> Shapes(int count, Random random) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new NodeShape((NodeStyle)random.Next(6), random.Next(30, 200), random.Next(20, 90))),
        ];

    /// <summary>A graph of the given size: each node takes up to three earlier ones, near ones more often.</summary>
    private static List<PictureEdge> Edges(int count, Random random)
    {
        var edges = new HashSet<PictureEdge>();
        for (var to = 1; to < count; to++)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                var from = random.Next(5) == 0 ? random.Next(to) : Math.Max(0, to - 1 - random.Next(6));
                edges.Add(new PictureEdge(from, to));
            }
        }

        return [.. edges];
    }

    private static IEnumerable<PicturePoint> Walk(PictureStroke stroke)
    {
        for (var piece = 1; piece < stroke.Points.Length; piece += 3)
        {
            var (a, b, c, d) = (
                stroke.Points[piece - 1],
                stroke.Points[piece],
                stroke.Points[piece + 1],
                stroke.Points[piece + 2]
            );
            for (var t = 0.0; t <= 1; t += 0.05)
            {
                var s = 1 - t;
                var (u, v, w, z) = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t);
                yield return new PicturePoint(
                    (u * a.X) + (v * b.X) + (w * c.X) + (z * d.X),
                    (u * a.Y) + (v * b.Y) + (w * c.Y) + (z * d.Y)
                );
            }
        }
    }

    private static bool Holds(PicturePoint center, NodeShape shape, PicturePoint point) =>
        Math.Abs(point.X - center.X) < (shape.Width / 2) - 0.5
        && Math.Abs(point.Y - center.Y) < (shape.Height / 2) - 0.5;

    [Test]
    public void Nodes_stand_apart_inside_the_picture_and_no_line_crosses_one([Range(1, 120)] int seed)
    {
        var random = new Random(seed);
        var shapes = Shapes(random.Next(2, 60), random);
        var edges = Edges(shapes.Count, random);
        var plan = Place(shapes, edges);
        for (var i = 0; i < shapes.Count; i++)
        {
            var (shape, center) = (shapes[i], plan.Centers[i]);
            Assert.That(center.X - (shape.Width / 2), Is.AtLeast(0));
            Assert.That(center.Y - (shape.Height / 2), Is.AtLeast(0));
            Assert.That(center.X + (shape.Width / 2), Is.AtMost(plan.Width));
            Assert.That(center.Y + (shape.Height / 2), Is.AtMost(plan.Height));
            for (var j = 0; j < i; j++)
            {
                var apart =
                    Math.Abs(center.X - plan.Centers[j].X) >= ((shape.Width + shapes[j].Width) / 2) + 10
                    || Math.Abs(center.Y - plan.Centers[j].Y) >= ((shape.Height + shapes[j].Height) / 2) + 10;
                Assert.That(apart, $"{i} and {j}");
            }
        }

        // Round nodes are touched within their box, by their own lines only.
        var crossed =
            from stroke in plan.Strokes
            from point in Walk(stroke)
            from node in Enumerable.Range(0, shapes.Count)
            where node != stroke.From && node != stroke.To && Holds(plan.Centers[node], shapes[node], point)
            select (stroke.From, stroke.To, node);
        Assert.That(crossed, Is.Empty);
    }

    [Test]
    public void Every_edge_is_a_line_from_its_start_down_to_its_end([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var shapes = Shapes(random.Next(2, 80), random);
        var edges = Edges(shapes.Count, random);
        var plan = Place(shapes, edges);
        var drawn = plan
            .Strokes.Where(stroke => stroke.To >= 0)
            .Select(stroke => new PictureEdge(stroke.From, stroke.To));
        Assert.That(drawn.Order(ByEnds), Is.EqualTo(edges.Order(ByEnds)));
        foreach (var stroke in plan.Strokes)
        {
            var end = stroke.Points[^1];
            Assert.That(end.Y, Is.GreaterThan(stroke.Points[0].Y));
            if (stroke.To >= 0)
            {
                var (center, shape) = (plan.Centers[stroke.To], shapes[stroke.To]);
                Assert.That(end.Y, Is.EqualTo(center.Y - shape.Top(end.X - center.X)).Within(1e-6));
                Assert.That(plan.Centers[stroke.From].Y, Is.LessThan(center.Y));
            }

            // A line begins at its node, or where another line of the node ends.
            var begin = stroke.Points[0];
            var bottom = plan.Centers[stroke.From].Y + shapes[stroke.From].Top(0);
            Assert.That(
                (begin.X == plan.Centers[stroke.From].X && begin.Y == bottom)
                    || plan.Strokes.Any(other => other.From == stroke.From && other.To < 0 && other.Points[^1] == begin)
            );
        }
    }

    [Test]
    public void A_chain_stands_upright()
    {
        var shapes = Shapes(200, new Random(1));
        var plan = Place(shapes, [.. Enumerable.Range(0, 199).Select(i => new PictureEdge(i, i + 1))]);
        Assert.That(plan.Centers.Select(center => center.X).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_tree_is_drawn_without_crossings_in_the_order_of_its_arguments()
    {
        // 0 1 → 4, 2 3 → 5, 4 5 → 6
        var shapes = Enumerable.Repeat(new NodeShape(NodeStyle.Data, 60, 30), 7).ToList();
        var plan = Place(shapes, [new(0, 4), new(1, 4), new(2, 5), new(3, 5), new(4, 6), new(5, 6)]);
        Assert.That(plan.Centers.Take(4).Select(center => center.X), Is.Ordered.And.Unique);
        Assert.That(plan.Centers.Take(4).Select(center => center.Y).Distinct().Count(), Is.EqualTo(1));
        Assert.That(plan.Centers[4].X, Is.LessThan(plan.Centers[5].X));
    }

    [Test]
    public void Crossings_that_can_be_removed_are_removed()
    {
        // Two rows of six, joined in reverse.
        var edges = Enumerable.Range(0, 6).Select(i => new PictureEdge(i, 11 - i)).ToList();
        var plan = Place(Enumerable.Repeat(new NodeShape(NodeStyle.Data, 60, 30), 12).ToList(), edges);
        Assert.That(
            edges.Select(edge => plan.Centers[edge.From].X - plan.Centers[edge.To].X),
            Is.All.EqualTo(0).Within(1e-9)
        );
    }

    [Test]
    public void What_only_a_late_task_needs_stands_right_above_it()
    {
        // A chain of 10, and an input with a translation that its last node takes.
        var edges = Enumerable.Range(0, 9).Select(i => new PictureEdge(i, i + 1)).ToList();
        edges.AddRange([new(10, 11), new(11, 12)]);
        edges.Add(new(9, 12));
        var plan = Place(Enumerable.Repeat(new NodeShape(NodeStyle.Data, 60, 30), 13).ToList(), edges);
        Assert.That(plan.Centers[11].Y, Is.EqualTo(plan.Centers[9].Y));
        Assert.That(plan.Centers[10].Y, Is.EqualTo(plan.Centers[8].Y));
    }

    [Test]
    public void A_value_that_many_tasks_take_is_a_trunk_with_branches()
    {
        // One value, and a chain of 3,000 tasks each of which takes it: a line for each would cross 4,500,000 layers.
        var edges = new List<PictureEdge>();
        for (var task = 1; task <= 3000; task++)
        {
            edges.Add(new(0, task));
            if (task > 1)
            {
                edges.Add(new(task - 1, task));
            }
        }

        var plan = Place(Enumerable.Repeat(new NodeShape(NodeStyle.Data, 60, 30), 3001).ToList(), edges);
        Assert.That(plan.Strokes.Count(stroke => stroke.To >= 0), Is.EqualTo(edges.Count));
        Assert.That(plan.Strokes.Sum(stroke => stroke.Points.Length), Is.LessThan(100_000));
    }

    [Test]
    public void Too_many_long_edges_are_drawn_straight_instead_of_for_ever()
    {
        // Two chains of 2,000 where every node of the first is taken by a node of the second, in reverse.
        var edges = Enumerable
            .Range(0, 1999)
            .SelectMany(i => new[] { new PictureEdge(i, i + 1), new PictureEdge(2000 + i, 2001 + i) })
            .Concat(Enumerable.Range(0, 2000).Select(i => new PictureEdge(1999 - i, 2000 + i)))
            .ToList();
        var plan = Place(Enumerable.Repeat(new NodeShape(NodeStyle.Data, 60, 30), 4000).ToList(), edges);
        var drawn = plan
            .Strokes.Where(stroke => stroke.To >= 0)
            .Select(stroke => new PictureEdge(stroke.From, stroke.To));
        Assert.That(drawn.Order(ByEnds), Is.EqualTo(edges.Order(ByEnds)));
    }

    [Test]
    public void A_large_graph_is_laid_out_with_progress()
    {
        var random = new Random(7);
        var steps = new Steps();
        var shapes = Shapes(10_000, random);
        var edges = Edges(shapes.Count, random);
        var plan = LayeredLayout.Place(shapes, edges, new() { Progress = steps });
        Assert.That(plan.Strokes.Count(stroke => stroke.To >= 0), Is.EqualTo(edges.Count));
        Assert.That(steps.Told.Select(told => told.Done), Is.Ordered.And.All.InRange(0, 1));
        Assert.That(
            steps.Told.Select(told => told.Step).Distinct(),
            Is.EqualTo(new[] { "ordering", "placing", "routing" })
        );
    }

    private sealed class Steps : IProgress<PictureProgress>
    {
        public List<PictureProgress> Told { get; } = [];

        public void Report(PictureProgress value) => Told.Add(value);
    }
}
