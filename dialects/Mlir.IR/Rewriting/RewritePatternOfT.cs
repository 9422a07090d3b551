namespace Mlir.IR;

/// <summary>A rewrite of one kind of operation, or of all operations with a trait.</summary>
/// <typeparam name="TOp">The operation class or trait interface.</typeparam>
public abstract class RewritePattern<TOp> : RewritePattern
    where TOp : class
{
    /// <inheritdoc/>
    public sealed override Type RootType => typeof(TOp);

    /// <inheritdoc/>
    public sealed override bool MatchAndRewrite(Operation op, PatternRewriter rewriter) =>
        op is TOp root && MatchAndRewrite(root, rewriter);

    /// <summary>Tries to rewrite <paramref name="op"/>.</summary>
    /// <returns>Whether anything changed.</returns>
    protected abstract bool MatchAndRewrite(TOp op, PatternRewriter rewriter);
}
