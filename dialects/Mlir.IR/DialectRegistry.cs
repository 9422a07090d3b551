using System.Collections.Frozen;

namespace Mlir.IR;

/// <summary>The dialects that a parser knows.</summary>
public sealed class DialectRegistry
{
    private readonly FrozenDictionary<string, Dialect> _dialects;

    /// <summary>A registry of <paramref name="dialects"/>.</summary>
    public DialectRegistry(params IEnumerable<Dialect> dialects) =>
        _dialects = dialects.ToFrozenDictionary(d => d.Name);

    /// <summary>The dialects, by name.</summary>
    public IEnumerable<Dialect> Dialects => _dialects.Values.OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>This registry with more dialects; one of the same name replaces an earlier one.</summary>
    public DialectRegistry With(params IEnumerable<Dialect> dialects) =>
        new(_dialects.Values.Concat(dialects).GroupBy(d => d.Name).Select(g => g.Last()));

    /// <summary>The dialect <paramref name="name"/>, or null.</summary>
    public Dialect? Find(string name) => _dialects.GetValueOrDefault(name);

    /// <summary>The definition of the operation <paramref name="name"/>, or null.</summary>
    public OpDefinition? FindOp(string name)
    {
        var dot = name.IndexOf('.');
        return dot < 0 ? null : Find(name[..dot])?.FindOp(name);
    }
}
