using Mlir.Dialects.Cf;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>Branches, and assertions: a failing one leaves its number in the caller's frame and returns at once.</summary>
internal static class CfToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        table.Add<BranchOp>(
            (op, e) => e.Insert(new LL.BrOp(op.Location, e.Flatten(op.DestOperands).ToArray(), e.BlockFor(op.Dest)))
        );
        table.Add<CondBranchOp>(
            (op, e) =>
                e.Insert(
                    new LL.CondBrOp(
                        op.Location,
                        e.Get(op.Condition),
                        e.Flatten(op.TrueDestOperands).ToArray(),
                        e.Flatten(op.FalseDestOperands).ToArray(),
                        e.BlockFor(op.TrueDest),
                        e.BlockFor(op.FalseDest),
                        op.BranchWeights
                    )
                )
        );
        table.Add<SwitchOp>(Switch);
        table.Add<AssertOp>((op, e) => e.FailUnless(e.Get(op.Arg), e.Module.Errors.StatusOf(op.Msg, op.Location)));
    }

    private static void Switch(SwitchOp op, LlvmEmitter e)
    {
        var operands = new List<Value>();
        var segments = new int[op.CaseCount];
        for (var i = 0; i < segments.Length; i++)
        {
            var before = operands.Count;
            foreach (var value in op.GetCaseOperands(i))
            {
                e.Flatten(value, operands);
            }

            segments[i] = operands.Count - before;
        }

        e.Insert(
            new LL.SwitchOp(
                op.Location,
                e.Get(op.Flag),
                e.Flatten(op.DefaultOperands).ToArray(),
                operands.ToArray(),
                DenseArrayAttr.I32(segments),
                e.BlockFor(op.DefaultDestination),
                [.. op.CaseDestinations.Select(e.BlockFor)],
                Vector(op.CaseValues)
            )
        );
    }

    /// <summary>The case values as a vector: LLVM's switch holds them as one.</summary>
    private static DenseElementsAttr? Vector(DenseElementsAttr? values) =>
        values is null
            ? null
            : DenseElementsAttr.Get(
                VectorType.Get(values.ShapedType.Shape.Span, values.ShapedType.ElementType),
                values.Data.Span
            );
}
