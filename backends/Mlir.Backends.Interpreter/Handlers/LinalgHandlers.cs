using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>linalg</c> dialect: one loop nest for all structured operations.</summary>
internal static class LinalgHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<GenericOp>(Structured);
        table.Add<MapOp>(Structured);
        table.Add<ReduceOp>(Structured);
        table.Add<BroadcastOp>(Structured);
        table.Add<TransposeOp>(Structured);
        table.Add<FillOp>(Structured);
        table.Add<CopyOp>(Structured);
        table.Add<MatmulOp>(Structured);
        table.Add<BatchMatmulOp>(Structured);
        table.Add<MatvecOp>(Structured);
        table.Add<VecmatOp>(Structured);
        table.Add<DotOp>(Structured);
        table.Add<IndexOp>(
            (b, op) =>
            {
                var parent = op.ParentOp;
                while (parent is not (null or ILinalgOp))
                {
                    parent = parent.ParentOp;
                }

                var registers = b.SubscriptsOf(parent!, ((ILinalgOp)parent!).LoopCount);
                var type = IndexType.Instance;
                b.Move([new Register(registers[(int)op.Dim], false, type)], [b.RegisterOf(op.Result)]);
            }
        );
    }

    private static void Structured<T>(FunctionBuilder builder, T op)
        where T : Operation, ILinalgOp
    {
        var block = op.Body.Single;
        var yield = block.Last!;
        var subscripts = builder.SubscriptsOf(op, op.LoopCount);
        var body = builder.BuildCode(() => builder.BuildOperations(block, before: yield));
        builder.Emit(
            new LinalgInstruction(
                op,
                op,
                body,
                builder.RegistersOf(op.Operands),
                builder.RegistersOf(block.Arguments),
                builder.RegistersOf(yield.Operands),
                builder.RegistersOf(op.Results),
                subscripts
            )
        );
    }
}
