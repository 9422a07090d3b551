using Mlir.Dialects.Cf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary><c>cf.cond_br</c> on a constant, or to one place with equal operands → <c>cf.br</c>.</summary>
internal sealed class KnownCondBranch : RewritePattern<CondBranchOp>
{
    /// <inheritdoc/>
    protected override bool MatchAndRewrite(CondBranchOp op, PatternRewriter rewriter)
    {
        var same =
            ReferenceEquals(op.Successors[0].Target, op.Successors[1].Target)
            && op.TrueDestOperands.ToArray().AsSpan().SequenceEqual(op.FalseDestOperands.ToArray());
        if (!same && op.Condition.ConstInt is null)
        {
            return false;
        }

        var side = same || op.Condition.ConstInt != 0 ? 0 : 1;
        rewriter.ReplaceOpWith(
            op,
            new BranchOp(op.Location, op.GetSuccessorOperands(side).ToArray(), op.Successors[side].Target)
        );
        return true;
    }
}
