using System.Collections.Immutable;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Reads the body of a fused task, or one task with its literals, as what a compiler is given.</summary>
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
                    _operands.Add(literal.Result, Read(literal));
                    break;
                case ElementOp element:
                    _operands.Add(
                        element.Result,
                        new SubgraphOperand.Element(_operands[element.Tuple], (int)element.Index)
                    );
                    break;
                case IFlowTask task:
                    _operands.Add(op.Result0, new SubgraphOperand.Result(tasks.Count));
                    tasks.Add(TaskOf(task, op, OperandsOf(op.Operands)));
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

    /// <summary>One task, whose literals are known and whose other operands are the inputs.</summary>
    public Subgraph ReadTask(Operation op, out ImmutableArray<SubgraphOperand> outputs)
    {
        var inputs = 0;
        ImmutableArray<SubgraphOperand> arguments =
        [
            .. op.Operands.Select(o =>
                o.Definer is LiteralOp literal ? (SubgraphOperand)Read(literal) : new SubgraphOperand.Input(inputs++)
            ),
        ];
        outputs = [new SubgraphOperand.Result(0)];
        return new Subgraph([TaskOf((IFlowTask)op, op, arguments)]);
    }

    private SubgraphOperand.Literal Read(LiteralOp literal)
    {
        var type = typeOf(literal.Result);
        return new SubgraphOperand.Literal(FlowLiteral.Read(literal.Value, type), type);
    }

    private SubgraphTask TaskOf(IFlowTask task, Operation op, ImmutableArray<SubgraphOperand> arguments) =>
        new(flow.Resolver.GetFunction(task.Implementation), arguments, siteOf(op));

    private ImmutableArray<SubgraphOperand> OperandsOf(OperandList values) => [.. values.Select(v => _operands[v])];
}
