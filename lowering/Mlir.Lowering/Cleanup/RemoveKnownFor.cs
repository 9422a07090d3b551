using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary><c>scf.for</c> that runs no iteration → its first values; exactly one → its body.</summary>
internal sealed class RemoveKnownFor : RewritePattern<ForOp>
{
    /// <inheritdoc/>
    protected override bool MatchAndRewrite(ForOp op, PatternRewriter rewriter)
    {
        if (
            op.LowerBound.ConstInt is { } lower
            && op.UpperBound.ConstInt is { } upper
            && op.Step.ConstInt is { } step
            && step > 0
        )
        {
            if (lower >= upper)
            {
                rewriter.ReplaceOp(op, op.InitArgs.ToArray());
                return true;
            }

            if (lower + step >= upper)
            {
                InlineOnce(op, rewriter);
                return true;
            }
        }
        else if (ReferenceEquals(op.LowerBound, op.UpperBound))
        {
            rewriter.ReplaceOp(op, op.InitArgs.ToArray());
            return true;
        }

        return false;
    }

    private static void InlineOnce(ForOp op, PatternRewriter rewriter)
    {
        // The terminator goes in too, so that what it hands on is followed.
        var yield = op.Body.Last!;
        rewriter.InlineBlockBefore(op.Body, op, [op.LowerBound, .. op.InitArgs.ToArray()]);
        var values = yield.Operands.ToArray();
        rewriter.EraseOp(yield);
        rewriter.ReplaceOp(op, values);
    }
}
