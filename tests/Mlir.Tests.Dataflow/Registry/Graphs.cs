using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>Graphs in two forms, one of which holds directed ones only.</summary>
public static class Graphs
{
    [AbstractType, TypeProperty("is_directed", true, false), TypeProperty("weights", "none", "int", "float")]
    public interface IGraph;

    public sealed record Edges(bool Directed, (int From, int To)[] Items);

    public sealed record Successors(int[][] Items);

    [ConcreteType(typeof(IGraph)), TypeProperty("weights", "none"), TypeProperty("sorted", true, false)]
    public sealed class EdgesForm : ConcreteType<Edges>
    {
        public static int Asked { get; set; }

        public override object? ComputeProperty(Edges value, string property)
        {
            Asked++;
            return property switch
            {
                "is_directed" => value.Directed,
                "sorted" => value.Items.SequenceEqual(value.Items.Order()),
                _ => null,
            };
        }

        public override bool AreEqual(Edges left, Edges right, Tolerance tolerance) =>
            left.Directed == right.Directed && left.Items.Order().SequenceEqual(right.Items.Order());
    }

    [ConcreteType(typeof(IGraph)), TypeProperty("weights", "none"), TypeProperty("is_directed", true)]
    public sealed class SuccessorsForm : ConcreteType<Successors>
    {
        public override bool AreEqual(Successors left, Successors right, Tolerance tolerance) =>
            left.Items.Zip(right.Items).All(p => p.First.SequenceEqual(p.Second));
    }

    [AbstractAlgorithm("graph.order")]
    public delegate int[] Order([Requires("is_directed", true)] IGraph graph);

    [AbstractAlgorithm("graph.edges")]
    public delegate int Count(IGraph graph);

    [AbstractAlgorithm("graph.reverse")]
    [return: Requires("is_directed", true)]
    public delegate IGraph Reverse(IGraph graph);

    [ConcreteAlgorithm("graph.order")]
    public static int[] OrderOfEdges(Edges graph) => [.. graph.Items.Select(e => e.From)];

    [ConcreteAlgorithm("graph.edges")]
    public static int CountSorted([Requires("sorted", true)] Edges graph) => -graph.Items.Length;

    [ConcreteAlgorithm("graph.edges")]
    public static int CountSuccessors(Successors graph) => graph.Items.Sum(s => s.Length);

    [ConcreteAlgorithm("graph.reverse")]
    public static Edges ReverseEdges(Edges graph) =>
        graph with
        {
            Items = [.. graph.Items.Select(e => (e.To, e.From))],
        };

    [Translator]
    public static Successors ToSuccessors(Edges x)
    {
        var nodes = x.Items.Length == 0 ? 0 : x.Items.Max(e => Math.Max(e.From, e.To)) + 1;
        return new Successors([
            .. Enumerable.Range(0, nodes).Select(n => x.Items.Where(e => e.From == n).Select(e => e.To).ToArray()),
        ]);
    }

    [Translator]
    public static Edges ToEdges(Successors x) => new(true, [.. x.Items.SelectMany((s, n) => s.Select(t => (n, t)))]);

    public static Resolver Resolver { get; } = new Resolver().AddPlugin(typeof(Graphs));

    public static Edges Sorted { get; } = new(true, [(0, 1), (1, 2)]);

    public static Edges Unsorted { get; } = new(true, [(1, 2), (0, 1)]);

    public static Edges Undirected { get; } = new(false, [(1, 2), (0, 1)]);
}
