namespace Mlir.Dataflow;

/// <summary>What the plugins of one call declare, in whatever order, before it is checked.</summary>
internal sealed class PluginDeclarations(int registration)
{
    /// <summary>The call's number.</summary>
    public int Registration { get; } = registration;

    /// <summary>The classes and objects that were read, so that nothing is read twice.</summary>
    public HashSet<object> Sources { get; } = new(ReferenceEqualityComparer.Instance);

    public List<AbstractType> AbstractTypes { get; } = [];

    public List<ConcreteTypeDeclaration> ConcreteTypes { get; } = [];

    public List<AbstractAlgorithm> Algorithms { get; } = [];

    public List<ImplementationDeclaration> Implementations { get; } = [];

    public List<Translator> Translators { get; } = [];

    public List<ICompiler> Compilers { get; } = [];

    /// <summary>What was wrong with single declarations.</summary>
    public List<string> Problems { get; } = [];
}
