using Mlir.Dialects;
using Mlir.Dialects.Flow;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    /// <summary>Reads a graph from the text of the flow dialect.</summary>
    /// <param name="text">The text: one <c>flow.graph</c>, as <see cref="ToString"/> writes it.</param>
    /// <param name="resolver">Knows the functions that the tasks name.</param>
    /// <param name="inputs">The values of the inputs, and the delegates of foreign functions, by name.</param>
    /// <param name="fileName">The name under which errors and locations mention the text.</param>
    /// <returns>The graph; <see cref="Outputs"/> are the values that it ends with. Equal tasks are one.</returns>
    /// <exception cref="DiagnosticException">The text does not fit; the message says where and how.</exception>
    public static Flow Parse(
        string text,
        Resolver resolver,
        IReadOnlyDictionary<string, object?>? inputs = null,
        string fileName = "<string>"
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(resolver);
        var module = MlirText.Parse(text, AllDialects.Registry, fileName: fileName).ValueOrThrow();
        Verifier.VerifyOrThrow(module, AllDialects.Registry);
        var graphs = module.Walk().OfType<GraphOp>().ToList();
        if (graphs is not [var graph])
        {
            var place = graphs.Count == 0 ? new FileLineColLoc(fileName, 1, 1) : graphs[1].Location;
            throw new DiagnosticException(FlowErrors.OneGraph.At(place, graphs.Count));
        }

        var flow = new Flow(resolver, graph.SymName);
        lock (flow._lock)
        {
            flow.Outputs = new FlowReader(flow, inputs ?? new Dictionary<string, object?>()).Read(graph);
        }

        return flow;
    }

    /// <summary>The graph in the text of the flow dialect. It ends with the values that nothing uses; <see cref="Parse"/> reads it back.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            // What a graph from text ends with may be used within it too.
            List<Value> ends = [.. Outputs.Select(o => o.Result)];
            if (ends.Count == 0)
            {
                ends.AddRange(_graph.Body.Operations.Select(o => o.Result0).Where(r => r.IsUnused));
            }

            return MlirText.Print(FlowOptimizer.Extract(_graph, ends));
        }
    }
}
