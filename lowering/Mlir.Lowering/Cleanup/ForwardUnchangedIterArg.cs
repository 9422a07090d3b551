using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A value that <c>scf.for</c> carries around without changing it → the value from outside.</summary>
internal sealed class ForwardUnchangedIterArg : RewritePattern<ForOp>
{
    /// <inheritdoc/>
    protected override bool MatchAndRewrite(ForOp op, PatternRewriter rewriter)
    {
        var changed = false;
        for (var i = 0; i < op.InitArgs.Count; i++)
        {
            var argument = op.Body.Arguments[i + 1];
            if (
                ReferenceEquals(op.Body.Last!.Operands[i], argument)
                && (!op.Results[i].IsUnused || UsesBesidesYield(argument))
            )
            {
                var value = op.InitArgs[i];
                rewriter.ReplaceAllUses(op.Results[i], value);
                var yield = op.Body.Last!;
                argument.ReplaceUsesWhere(value, u => !ReferenceEquals(u.Owner, yield));
                rewriter.ModifyInPlace(op, static () => { });
                changed = true;
            }
        }

        return changed;
    }

    private static bool UsesBesidesYield(BlockArgument argument) => !argument.HasOneUse;
}
