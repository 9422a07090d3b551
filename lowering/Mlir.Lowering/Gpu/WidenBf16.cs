using Mlir.Dialects.Arith;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Computes in kernels with numbers of <c>bf16</c> in <c>f32</c>, where processors have no instructions for them. Each result is rounded, so that it
/// is what one operation on <c>bf16</c> gives: 24 bits are more than twice eight and two.
/// </summary>
/// <example><code>
/// %s = arith.addf %a, %b : bf16   →   %w = arith.addf (extf %a), (extf %b) : f32;  %s = arith.truncf %w : f32 to bf16
/// </code></example>
[Pass("widen-bf16")]
public sealed partial record WidenBf16 : Pass<ModuleOp>
{
    /// <inheritdoc/>
    protected override void Run(ModuleOp op, PassContext context)
    {
        foreach (var kernels in op.Body.Operations.OfType<GPUModuleOp>())
        {
            foreach (var step in kernels.Walk().Where(IsRoundedOnce).ToList())
            {
                Widen(step);
            }
        }
    }

    private static bool IsRoundedOnce(Operation op) =>
        op
            is AddFOp
                or SubFOp
                or MulFOp
                or DivFOp
                or NegFOp
                or CmpFOp
                or MaximumFOp
                or MinimumFOp
                or MaxNumFOp
                or MinNumFOp
                or AbsFOp
                or SqrtOp
        && op.Operands[0].Type == FloatType.BF16;

    private static void Widen(Operation op)
    {
        var before = new OpBuilder(op);
        for (var i = 0; i < op.Operands.Count; i++)
        {
            op.SetOperand(i, before.Insert(new ExtFOp(op.Location, op.Operands[i], FloatType.F32)).Out);
        }

        if (op.Results[0].Type != FloatType.BF16)
        {
            return;
        }

        op.Results[0].Type = FloatType.F32;
        var after = new OpBuilder();
        after.SetInsertionPointAfter(op);
        var narrow = new TruncFOp(op.Location, op.Results[0], FloatType.BF16);
        after.Insert(narrow);
        op.Results[0].ReplaceAllUsesWith(narrow.Out);
        narrow.SetOperand(0, op.Results[0]);
    }
}
