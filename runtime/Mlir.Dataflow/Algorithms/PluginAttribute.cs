namespace Mlir.Dataflow;

/// <summary>
/// Marks a class as a plugin, which <see cref="Resolver.AddPlugins(System.Reflection.Assembly)"/> finds. Classes of the same name are one plugin.
/// </summary>
/// <param name="name">The plugin's name; null for the class's.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class PluginAttribute(string? name = null) : Attribute
{
    /// <summary>The plugin's name; null for the class's.</summary>
    public string? Name { get; } = name;
}
