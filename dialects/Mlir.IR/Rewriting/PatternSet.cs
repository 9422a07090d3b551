using System.Collections.Concurrent;

namespace Mlir.IR;

/// <summary>Patterns, ready to be asked for the ones that fit an operation; immutable and safe to share.</summary>
/// <param name="patterns">The patterns; of equal benefit the earlier one is tried first.</param>
public sealed class PatternSet(params IEnumerable<RewritePattern> patterns)
{
    private readonly RewritePattern[] _patterns = [.. patterns.OrderByDescending(p => p.Benefit)];
    private readonly ConcurrentDictionary<Type, RewritePattern[]> _byType = new();

    /// <summary>The patterns whose root <paramref name="op"/> can be, best first.</summary>
    public ReadOnlySpan<RewritePattern> For(Operation op) =>
        _byType.GetOrAdd(
            op.GetType(),
            static (type, all) => [.. all.Where(p => p.RootType.IsAssignableFrom(type))],
            _patterns
        );
}
