using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary><c>scf.if</c> on a constant → the side that runs.</summary>
internal sealed class InlineKnownIf : RewritePattern<IfOp>
{
    /// <inheritdoc/>
    protected override bool MatchAndRewrite(IfOp op, PatternRewriter rewriter)
    {
        if (op.Condition.ConstInt is not { } condition)
        {
            return false;
        }

        var side = condition != 0 ? op.ThenBlock : op.ElseBlock;
        if (side is null)
        {
            rewriter.EraseOp(op);
            return true;
        }

        var yield = side.Last!;
        var values = yield.Operands.ToArray();
        rewriter.EraseOp(yield);
        rewriter.InlineBlockBefore(side, op);
        rewriter.ReplaceOp(op, values);
        return true;
    }
}
