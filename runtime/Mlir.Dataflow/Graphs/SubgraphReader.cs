using System.Collections.Immutable;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Reads the body of a fused task as what a compiler is given.</summary>
/// <param name="flow">Knows the functions.</param>
/// <param name="siteOf">Where the user's program calls a task.</param>
/// <param name="typeOf">The type of .NET that a value has.</param>
internal sealed class SubgraphReader(Flow flow, Func<Operation, CallSite> siteOf, Func<Value, Type> typeOf)
{
    private readonly Dictionary<Value, SubgraphOperand> _operands = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tasks, and what the fused task gives.</summary>
    public Subgraph Read(FusedOp fused, out ImmutableArray<SubgraphOperand> outputs)
    {
        foreach (var argument in fused.Body.Arguments)
        {
            _operands.Add(argument, new SubgraphOperand.Input(argument.Index));
        }

        var tasks = ImmutableArray.CreateBuilder<SubgraphTask>();
        outputs = [];
        for (var op = fused.Body.First; op is not null; op = op.Next)
        {
            switch (op)
            {
                case LiteralOp literal:
                    var type = typeOf(literal.Result);
                    _operands.Add(
                        literal.Result,
                        new SubgraphOperand.Literal(FlowLiteral.Read(literal.Value, type), type)
                    );
                    break;
                case ElementOp element:
                    _operands.Add(
                        element.Result,
                        new SubgraphOperand.Element(_operands[element.Tuple], (int)element.Index)
                    );
                    break;
                case IFlowTask task:
                    _operands.Add(op.Result0, new SubgraphOperand.Result(tasks.Count));
                    tasks.Add(
                        new SubgraphTask(
                            flow.Resolver.GetFunction(task.Implementation),
                            OperandsOf(op.Operands),
                            siteOf(op)
                        )
                    );
                    break;
                case YieldOp yield:
                    outputs = OperandsOf(yield.Operands);
                    break;
                default:
                    throw new ArgumentException($"'{op.Name}' is no part of a fused task", nameof(fused));
            }
        }

        return new Subgraph(tasks.ToImmutable());
    }

    private ImmutableArray<SubgraphOperand> OperandsOf(OperandList values) => [.. values.Select(v => _operands[v])];
}
