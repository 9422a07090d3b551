namespace Mlir.IR.Generators;

/// <summary>What the generator knows about the assembly that it works for.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="NeedsPassRegistry">Whether the pass registry is declared here and waits for its table.</param>
internal sealed record AssemblyModel(string Name, bool NeedsPassRegistry)
{
    /// <summary>The name as a namespace.</summary>
    public string RootNamespace =>
        string.Concat(System.Linq.Enumerable.Select(Name, c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '_'));
}
