using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

/// <summary>Algorithms on directed graphs, and on numbers for each vertex.</summary>
public static class Web
{
    [AbstractAlgorithm("web.pagerank")]
    public delegate Tensor<double> PageRank(CsrGraph graph, double damping = 0.85, int iterations = 20);

    [AbstractAlgorithm("web.in_degree")]
    public delegate Tensor<double> InDegree(CsrGraph graph);

    [AbstractAlgorithm("web.log_of_share")]
    public delegate Tensor<double> LogOfShare(Tensor<double> x, double offset, double total);

    [AbstractAlgorithm("web.centre")]
    public delegate Tensor<double> Centre(Tensor<double> x);

    [AbstractAlgorithm("web.product")]
    public delegate double Product(Tensor<double> x, Tensor<double> y);

    [AbstractAlgorithm("web.correlation")]
    public delegate double Correlation(double xy, double xx, double yy);

    [ConcreteAlgorithm("web.log_of_share", Compiler = "cpu")]
    public static readonly Expression<LogOfShare> Share = (x, offset, total) =>
        Tensor.Log<double>((x + offset) / total);

    [ConcreteAlgorithm("web.centre", Compiler = "cpu")]
    public static readonly Expression<Centre> MinusMean = x => x - Tensor.Average<double>(x);

    [ConcreteAlgorithm("web.product", Compiler = "cpu")]
    public static readonly Expression<Product> Dot = (x, y) => Tensor.Sum<double>(x * y);

    [ConcreteAlgorithm("web.correlation", Compiler = "cpu")]
    public static readonly Expression<Correlation> Pearson = (xy, xx, yy) => xy / Math.Sqrt(xx * yy);

    /// <summary>Sorts the edges by where they start, by counting.</summary>
    [Translator]
    public static CsrGraph ToCsr(EdgeList edges)
    {
        var offsets = new int[edges.Vertices + 1];
        foreach (var source in edges.Sources)
        {
            offsets[source + 1]++;
        }

        for (var vertex = 0; vertex < edges.Vertices; vertex++)
        {
            offsets[vertex + 1] += offsets[vertex];
        }

        var next = offsets.ToArray();
        var targets = new int[edges.Targets.Length];
        for (var edge = 0; edge < targets.Length; edge++)
        {
            targets[next[edges.Sources[edge]]++] = edges.Targets[edge];
        }

        return new CsrGraph(offsets, targets);
    }

    /// <summary>
    /// The power iteration of Brin and Page (The anatomy of a large-scale hypertextual Web search engine, 1998); the rank of a vertex without edges
    /// goes to all.
    /// </summary>
    [ConcreteAlgorithm("web.pagerank")]
    public static Tensor<double> PowerIteration(CsrGraph graph, double damping, int iterations)
    {
        var count = graph.Vertices;
        var (ranks, next) = (new double[count], new double[count]);
        Array.Fill(ranks, 1.0 / count);
        for (var i = 0; i < iterations; i++)
        {
            Array.Clear(next);
            var lost = 0.0;
            for (var vertex = 0; vertex < count; vertex++)
            {
                var edges = graph.Targets.AsSpan(graph.Offsets[vertex]..graph.Offsets[vertex + 1]);
                if (edges.IsEmpty)
                {
                    lost += ranks[vertex];
                    continue;
                }

                var share = ranks[vertex] / edges.Length;
                foreach (var target in edges)
                {
                    next[target] += share;
                }
            }

            for (var vertex = 0; vertex < count; vertex++)
            {
                next[vertex] = (1 - damping + damping * lost) / count + damping * next[vertex];
            }

            (ranks, next) = (next, ranks);
        }

        return Tensor.Create(ranks);
    }

    /// <summary>How many edges end at each vertex.</summary>
    [ConcreteAlgorithm("web.in_degree")]
    public static Tensor<double> CountTargets(CsrGraph graph)
    {
        var degrees = new double[graph.Vertices];
        foreach (var target in graph.Targets)
        {
            degrees[target]++;
        }

        return Tensor.Create(degrees);
    }
}
