namespace Mlir.IR;

/// <summary>A rewrite rule written as a method marked with <see cref="SimplifyAttribute"/>.</summary>
/// <typeparam name="TOp">The operation class.</typeparam>
/// <param name="rule">The method: the value that replaces the only result, or null.</param>
public sealed class SimplifyPattern<TOp>(Func<TOp, PatternRewriter, Value?> rule) : RewritePattern<TOp>
    where TOp : Operation
{
    /// <inheritdoc/>
    protected override bool MatchAndRewrite(TOp op, PatternRewriter rewriter)
    {
        if (rule(op, rewriter) is not { } value)
        {
            return false;
        }

        rewriter.ReplaceOp(op, value);
        return true;
    }
}
