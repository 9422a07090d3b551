using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>
/// Knows the types, translators and algorithms of all plugins, and chooses which implementation carries out a call. Thread-safe: plugins can be added
/// while others plan and call.
/// </summary>
/// <example><code>
/// var resolver = new Resolver().AddPlugin(typeof(Plugin));
/// Tensor&lt;double&gt; y = resolver.Run&lt;Tensor&lt;double&gt;&gt;("example.scale", x, 2.0);
/// </code></example>
public sealed partial class Resolver : IDisposable
{
    private readonly Lock _adding = new();
    private volatile Registry _registry = Registry.Create();

    /// <summary>The compilers by name.</summary>
    public IReadOnlyDictionary<string, ICompiler> Compilers => _registry.Compilers;

    /// <summary>Whether arguments and results are translated where an implementation has other types; true unless set.</summary>
    public bool TranslatesAutomatically { get; init; } = true;

    /// <summary>The names of the plugins that provide functions.</summary>
    public IEnumerable<string> Plugins => _registry.Plugins;

    /// <summary>The newest version of each algorithm, by name.</summary>
    public IEnumerable<AbstractAlgorithm> Algorithms =>
        _registry.Algorithms.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value[a.Value.Keys.Max()]);

    /// <summary>Every translator, in the order in which they are considered.</summary>
    public ImmutableArray<Translator> Translators => _registry.Translators;

    /// <summary>Adds what the attributes in a class, and in the types inside it, declare. A class that was added before is not added again.</summary>
    /// <exception cref="RegistrationException">It does not fit; nothing was added.</exception>
    public Resolver AddPlugin(Type plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return Add(declarations => ReadPlugin(plugin, plugin, null, declarations));
    }

    /// <summary>Adds what the attributes in an object's class declare; its methods are called on the object. If it is a compiler, it is added as one.</summary>
    /// <exception cref="RegistrationException">It does not fit; nothing was added.</exception>
    public Resolver AddPlugin(object instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance is Type type
            ? AddPlugin(type)
            : Add(declarations => ReadPlugin(instance, instance.GetType(), instance, declarations));
    }

    /// <summary>Adds a plugin that is declared by calls instead of attributes.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="declare">Declares what it consists of.</param>
    /// <exception cref="RegistrationException">It does not fit; nothing was added.</exception>
    /// <example><code>
    /// resolver.AddPlugin("mine", plugin => plugin
    ///     .Declare&lt;Scale&gt;("example.scale")
    ///     .Implement&lt;Scale&gt;("example.scale", (x, by) => x * by, compiler: "cpu")
    ///     .Translate((Tensor&lt;double&gt; x) => CsrMatrix.From(x)));
    /// </code></example>
    public Resolver AddPlugin(string name, Action<PluginBuilder> declare)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(declare);
        return Add(declarations =>
        {
            if (declarations.CheckName(name, name))
            {
                declare(new PluginBuilder(name, declarations));
            }
        });
    }

    /// <summary>Adds several plugins at once, which may use each other's declarations in any order.</summary>
    /// <exception cref="RegistrationException">They do not fit; nothing was added.</exception>
    public Resolver AddPlugins(params ReadOnlySpan<Type> plugins)
    {
        var all = plugins.ToArray();
        return Add(declarations =>
        {
            foreach (var plugin in all)
            {
                ReadPlugin(plugin, plugin, null, declarations);
            }
        });
    }

    /// <summary>
    /// Adds every class of an assembly that is marked with <see cref="PluginAttribute"/>, and the algorithms and types that are declared outside of all
    /// classes.
    /// </summary>
    /// <exception cref="RegistrationException">They do not fit; nothing was added.</exception>
    public Resolver AddPlugins(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Add(declarations =>
        {
            var reader = new PluginReader(declarations);
            var own = AssemblyReader.Declarations(assembly).Where(PluginReader.Declares).ToArray();
            foreach (var type in own.Where(declarations.Sources.Add))
            {
                reader.ReadType(type);
            }

            var plugins = AssemblyReader.Plugins(assembly).ToArray();
            foreach (var plugin in plugins)
            {
                ReadPlugin(plugin, plugin, null, declarations);
            }

            if (plugins.Length + own.Length == 0)
            {
                declarations.Problems.Add($"{assembly.GetName().Name} holds no plugin: mark a class with [Plugin]");
            }
        });
    }

    /// <summary>Adds a compiler, for the algorithms that name it.</summary>
    /// <exception cref="RegistrationException">There is one of that name.</exception>
    public Resolver AddCompiler(ICompiler compiler)
    {
        ArgumentNullException.ThrowIfNull(compiler);
        return Add(declarations => declarations.Compilers.Add(compiler));
    }

    /// <summary>The function of an id.</summary>
    /// <exception cref="DispatchException">There is none.</exception>
    public TaskFunction GetFunction(string id) =>
        TryGetFunction(id, out var function)
            ? function
            : throw new DispatchException($"there is no function {id}{Suggestion.For(id, _registry.Functions.Keys)}");

    /// <summary>The function of an id, if there is one.</summary>
    public bool TryGetFunction(string id, [NotNullWhen(true)] out TaskFunction? function)
    {
        ArgumentNullException.ThrowIfNull(id);
        function = _registry.Functions.GetValueOrDefault(id) ?? _registry.Conversions.Find(id);
        return function is not null;
    }

    /// <summary>An algorithm.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; null for the newest one.</param>
    /// <exception cref="DispatchException">There is none.</exception>
    public AbstractAlgorithm GetAlgorithm(string name, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_registry.Algorithms.TryGetValue(name, out var versions))
        {
            throw new DispatchException(
                $"there is no algorithm {name}{Suggestion.For(name, _registry.Algorithms.Keys)}"
            );
        }

        return versions.GetValueOrDefault(version ?? versions.Keys.Max())
            ?? throw new DispatchException(
                $"there is no version {version} of the algorithm {name}; there is {string.Join(", ", versions.Keys)}"
            );
    }

    /// <summary>The algorithm that a delegate type declares.</summary>
    /// <exception cref="DispatchException">It declares none, or its plugin was not added.</exception>
    public AbstractAlgorithm GetAlgorithm(Type delegateType)
    {
        ArgumentNullException.ThrowIfNull(delegateType);
        if (_registry.AlgorithmsByDelegate.TryGetValue(delegateType, out var algorithm))
        {
            return algorithm;
        }

        var name = TypeName.Of(delegateType);
        throw new DispatchException(
            delegateType.GetCustomAttribute<AbstractAlgorithmAttribute>(false) is null
                ? $"{name} declares no algorithm: mark it with [AbstractAlgorithm(…)]"
                : $"the algorithm that {name} declares is not registered: add its plugin{(delegateType.DeclaringType is { } outer ? " " + TypeName.Of(outer) : "")}"
        );
    }

    /// <summary>The implementations of an algorithm, in the order in which they are considered.</summary>
    public ImmutableArray<ConcreteAlgorithm> GetImplementations(AbstractAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return _registry.Implementations.GetValueOrDefault(algorithm, []);
    }

    /// <summary>Has the compilers free what they prepared. A later call prepares it again.</summary>
    public void Dispose() => Compilation.Dispose();

    private static void ReadPlugin(object source, Type type, object? instance, PluginDeclarations declarations)
    {
        if (!declarations.Sources.Add(source))
        {
            return;
        }

        if (!new PluginReader(declarations).Read(type, instance))
        {
            declarations.Problems.Add(
                $"{TypeName.Of(type)} declares nothing: mark its members with [AbstractAlgorithm], [ConcreteAlgorithm] or [Translator]"
            );
        }
    }

    private Resolver Add(Action<PluginDeclarations> read)
    {
        lock (_adding)
        {
            var declarations = new PluginDeclarations(_registry.Registrations);
            declarations.Sources.UnionWith(_registry.Sources);
            read(declarations);
            _registry = RegistryBuilder.Add(_registry, declarations);
        }

        return this;
    }
}
