using System.Text;
using Mlir.Dialects.Flow;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

/// <summary>What the tests of the optimizer do to graphs.</summary>
internal static class FlowGraphs
{
    /// <summary>Runs a pipeline and verifies after each pass.</summary>
    public static void Run(GraphOp graph, string passes)
    {
        var result = new PassManager(new PassManagerOptions { Verify = true }).Run(
            PassPipeline.Parse($"flow.graph({passes})"),
            graph
        );
        Assert.That(result.Diagnostics, Is.Empty, () => graph.ToString());
    }

    /// <summary>Takes every fused task apart again.</summary>
    public static void Inline(GraphOp graph)
    {
        foreach (var fused in graph.Body.Operations.OfType<FusedOp>().ToList())
        {
            for (var i = 0; i < fused.Body.Arguments.Count; i++)
            {
                fused.Body.Arguments[i].ReplaceAllUsesWith(fused.Operands[i]);
            }

            fused.ReplaceAllUsesWith(fused.Body.Last!.Operands.ToArray());
            fused.Body.Last!.Erase();
            while (fused.Body.First is { } op)
            {
                op.MoveBefore(fused);
            }

            fused.Erase();
        }
    }

    /// <summary>What the wanted values are made of, operation by operation in an order that depends on nothing else. Equal texts are equal graphs.</summary>
    public static string Describe(GraphOp graph)
    {
        var text = new StringBuilder();
        var number = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Operation>([graph.Yield]);
        while (pending.TryPeek(out var op))
        {
            var missing = op.Operands.Select(o => o.Definer!).FirstOrDefault(d => !number.ContainsKey(d));
            if (missing is not null)
            {
                pending.Push(missing);
                continue;
            }

            pending.Pop();
            if (number.TryAdd(op, number.Count))
            {
                var operands = op.Operands.Select(o => $"{number[o.Definer!]}#{((OpResult)o).Index}");
                text.AppendLine(
                    $"{number[op]} = {op.Name}({string.Join(", ", operands)}) {string.Join(", ", op.Attributes)} : {string.Join(", ", op.Results.Select(r => r.Type))}"
                );
            }
        }

        return text.ToString();
    }

    public static GraphOp Parse(string text)
    {
        var parsed = MlirText.Parse(text, Mlir.Dialects.AllDialects.Registry);
        Assert.That(parsed.Value, Is.Not.Null, () => $"{string.Join('\n', parsed.Diagnostics)}\n{text}");
        return parsed.Value!.Walk().OfType<GraphOp>().Single();
    }
}
