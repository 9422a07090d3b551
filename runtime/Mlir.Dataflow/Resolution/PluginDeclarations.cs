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

    /// <summary>Whether a plugin may have this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="source">What has it, for the error.</param>
    public bool CheckName(string name, string source)
    {
        var problem =
            name.Length == 0 ? $"the plugin {source} has no name"
            : name == ImplicitConversions.Plugin ? $"no plugin can be called {name}: C#'s own conversions are"
            : null;
        if (problem is not null)
        {
            Problems.Add(problem);
        }

        return problem is null;
    }
}
