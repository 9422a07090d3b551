using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>Finds the plugins of an assembly by their attributes.</summary>
internal static class AssemblyReader
{
    /// <summary>The classes marked with <see cref="PluginAttribute"/>.</summary>
    /// <exception cref="RegistrationException">A type of the assembly cannot be loaded.</exception>
    public static IEnumerable<Type> Plugins(Assembly assembly) =>
        Types(assembly).Where(t => t.GetCustomAttribute<PluginAttribute>(false) is not null);

    /// <summary>The delegates and types outside of plugins that declare algorithms, abstract types and forms.</summary>
    /// <exception cref="RegistrationException">A type of the assembly cannot be loaded.</exception>
    public static IEnumerable<Type> Declarations(Assembly assembly) =>
        Types(assembly).Where(t => !t.IsNested && t.GetCustomAttribute<PluginAttribute>(false) is null);

    private static Type[] Types(Assembly assembly)
    {
        try
        {
            // Somebody else's plugin: no generator of ours has seen it, and it may have been loaded a moment ago.
#pragma warning disable RS0030
            return assembly.GetTypes();
#pragma warning restore RS0030
        }
        catch (ReflectionTypeLoadException exception)
        {
            var causes = exception.LoaderExceptions.OfType<Exception>().Select(e => e.Message).Distinct();
            throw new RegistrationException([$"{assembly.GetName().Name} cannot be read: {string.Join("; ", causes)}"]);
        }
    }
}
