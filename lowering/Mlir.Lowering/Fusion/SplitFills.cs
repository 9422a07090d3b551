using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Gives each reduction an initial value of its own: one that two share would have to be copied, and keeps them from running row by row.
/// </summary>
/// <example><code>
/// %z = generic outs(%e) { yield 0 };  %a = generic … outs(%z) {…};  %b = generic … outs(%z) {…}
/// →
/// %z = generic outs(%e) { yield 0 };  %a = generic … outs(%z) {…};  %y = generic outs(%e) { yield 0 };  %b = generic … outs(%y) {…}
/// </code></example>
[Pass("split-fills")]
public sealed partial record SplitFills : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var user in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count > 0).ToList())
        {
            for (var i = user.Inputs.Count; i < user.Operands.Count; i++)
            {
                if (
                    user.Operands[i]
                        is OpResult { HasOneUse: false, Owner: GenericOp { Inputs.Count: 0, Results.Count: 1 } fill }
                    && fill.OutputElement(0).IsUnused
                    && SideEffects.IsPure(fill)
                )
                {
                    user.SetOperand(i, new OpBuilder(user).Clone(fill, new IrMapping()).Results[0]);
                }
            }
        }
    }
}
