namespace Mlir.IR;

/// <summary>A rewrite: recognises an operation and what is around it, and replaces it by something better.</summary>
public abstract class RewritePattern
{
    /// <summary>The class or trait that the root operation must have; <see cref="Operation"/> for any.</summary>
    public abstract Type RootType { get; }

    /// <summary>Patterns with a higher benefit are tried first.</summary>
    public virtual int Benefit => 1;

    /// <summary>Tries to rewrite <paramref name="op"/>. All changes go through <paramref name="rewriter"/>.</summary>
    /// <returns>Whether anything changed; without a change nothing may have been touched.</returns>
    public abstract bool MatchAndRewrite(Operation op, PatternRewriter rewriter);
}
