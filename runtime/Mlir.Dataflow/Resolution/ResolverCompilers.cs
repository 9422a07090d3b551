using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Mlir.Dataflow;

/// <summary>The compilers of a resolver as they are at each moment.</summary>
/// <param name="resolver">The resolver.</param>
internal sealed class ResolverCompilers(Resolver resolver) : IReadOnlyDictionary<string, ICompiler>
{
    public IEnumerable<string> Keys => resolver.Compilers.Keys;

    public IEnumerable<ICompiler> Values => resolver.Compilers.Values;

    public int Count => resolver.Compilers.Count;

    public ICompiler this[string key] => resolver.Compilers[key];

    public bool ContainsKey(string key) => resolver.Compilers.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ICompiler value) =>
        resolver.Compilers.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, ICompiler>> GetEnumerator() => resolver.Compilers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
