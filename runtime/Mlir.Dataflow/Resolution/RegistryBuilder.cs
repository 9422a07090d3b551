using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Checks what plugins declare against what is registered and against each other, and makes the next registry.</summary>
internal sealed class RegistryBuilder
{
    private readonly Registry _registry;
    private readonly PluginDeclarations _declarations;
    private readonly List<string> _problems;

    // What there is already is shared, not copied.
    private readonly ImmutableDictionary<Type, AbstractType>.Builder _abstractTypes;
    private readonly ImmutableDictionary<Type, ConcreteTypeDeclaration>.Builder _concreteTypes;
    private readonly ImmutableDictionary<string, TaskFunction>.Builder _functions;
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<int, AbstractAlgorithm>>.Builder _algorithms;
    private readonly List<Translator> _translators;
    private ImmutableDictionary<Type, AbstractType> _forms;

    private RegistryBuilder(Registry registry, PluginDeclarations declarations)
    {
        _registry = registry;
        _declarations = declarations;
        _problems = declarations.Problems;
        _abstractTypes = registry.AbstractTypes.ToBuilder();
        _concreteTypes = registry.ConcreteTypes.ToBuilder();
        _functions = registry.Functions.ToBuilder();
        _algorithms = registry.Algorithms.ToBuilder();
        _translators = [.. registry.Translators];
        _forms = registry.Forms;
    }

    /// <summary>The registry with what was declared.</summary>
    /// <exception cref="RegistrationException">Something does not fit.</exception>
    public static Registry Add(Registry registry, PluginDeclarations declarations)
    {
        var builder = new RegistryBuilder(registry, declarations);
        builder.AddTypes();
        builder.AddTranslators();
        builder.AddAlgorithms();
        var implementations = builder.AddImplementations();
        var compilers = builder.AddCompilers();
        return builder._problems.Count > 0
            ? throw new RegistrationException([.. builder._problems])
            : builder.Build(implementations, compilers);
    }

    // Functions of earlier calls go first; those of one call go by id, so that the order of its plugins does not matter.
    private static IEnumerable<T> InOrder<T>(IEnumerable<T> functions)
        where T : TaskFunction => functions.OrderBy(f => f.Registration).ThenBy(f => f.Id, StringComparer.Ordinal);

    private void AddTypes()
    {
        foreach (var type in _declarations.AbstractTypes)
        {
            if (_abstractTypes.Values.FirstOrDefault(t => t.Name == type.Name) is { } other)
            {
                _problems.Add(
                    $"{TypeName.Of(type.Marker!)} declares the abstract type {type.Name}, but {TypeName.Of(other.Marker!)} declares one of that name already"
                );
            }
            else
            {
                _abstractTypes.Add(type.Marker!, type);
            }
        }

        foreach (var type in _declarations.AbstractTypes)
        {
            CheckComponents(type);
        }

        foreach (var declaration in _declarations.ConcreteTypes)
        {
            AddConcreteType(declaration);
        }
    }

    private void CheckComponents(AbstractType type)
    {
        foreach (var component in type.Components)
        {
            if (!_abstractTypes.TryGetValue(component, out var part))
            {
                _problems.Add(
                    $"{type} has the component {TypeName.Of(component)}, which is not a registered abstract type"
                );
                continue;
            }

            foreach (var property in part.Properties.Keys.Where(p => !type.Properties.ContainsKey(p)))
            {
                _problems.Add($"{type} has the component {part}, whose property '{property}' it does not have");
            }
        }
    }

    private void AddConcreteType(ConcreteTypeDeclaration declaration)
    {
        var form = declaration.ConcreteType;
        if (!_abstractTypes.TryGetValue(declaration.Marker, out var type))
        {
            _problems.Add(
                $"{declaration.Source} is a form of {TypeName.Of(declaration.Marker)}, which is not a registered abstract type: mark it with [AbstractType] and add its plugin"
            );
        }
        else if (!_concreteTypes.TryAdd(form.ValueType, declaration))
        {
            _problems.Add(
                $"{declaration.Source} declares {TypeName.Of(form.ValueType)} a form of {type}, but {_concreteTypes[form.ValueType].Source} has declared it already"
            );
        }
        else
        {
            foreach (var (property, values) in form.Properties)
            {
                if (type.Properties.TryGetValue(property, out var all) && values.Except(all).ToArray() is [_, ..] wrong)
                {
                    _problems.Add(
                        $"{declaration.Source} allows {property} = {PropertyRequirement.Text(wrong)}, but {type} has {property} = {PropertyRequirement.Text(all)}"
                    );
                }
            }

            form.SetProperties(type.Properties.SetItems(form.Properties));
        }
    }

    private void AddTranslators()
    {
        foreach (var translator in InOrder(_declarations.Translators))
        {
            if (CheckTranslator(translator) is { } problem)
            {
                _problems.Add(problem);
            }
            else
            {
                var checking = RequirementCheck.Of(translator, _concreteTypes);
                AddFunction(checking);
                _translators.Add(checking);
            }
        }

        if (
            _declarations.Translators.Count + _declarations.AbstractTypes.Count + _declarations.ConcreteTypes.Count
            == 0
        )
        {
            return;
        }

        var forms = new FormFinder(_abstractTypes, _concreteTypes.Values);
        foreach (var translator in _translators)
        {
            if (forms.Connect(translator) is { } problem)
            {
                _problems.Add(problem);
            }
        }

        _forms = forms.Build().ToImmutableDictionary();
    }

    private string? CheckTranslator(Translator translator)
    {
        var signature = translator.Signature;
        if (translator.Parameters.Length != 1)
        {
            return $"the translator {signature} must have exactly one parameter";
        }

        if (translator.Source == translator.Target)
        {
            return $"the translator {signature} gives the type that it takes";
        }

        if (translator.Source == typeof(object) || translator.Target == typeof(object))
        {
            return $"the translator {signature} cannot take or give object, which every type would be a form of";
        }

        if (!(translator.Cost >= 0 && double.IsFinite(translator.Cost)))
        {
            return $"the translator {signature} costs {PropertyRequirement.Text(translator.Cost)}: a cost is a number from 0";
        }

        return
            _translators.FirstOrDefault(t => t.Source == translator.Source && t.Target == translator.Target)
                is { } other
            ? $"the translator {signature} does what {other.Signature} does already: one is enough for a pair of types"
            : null;
    }

    private void AddAlgorithms()
    {
        foreach (var algorithm in _declarations.Algorithms.OrderBy(a => a.Source, StringComparer.Ordinal))
        {
            var versions =
                _algorithms.GetValueOrDefault(algorithm.Name)
                ?? ImmutableSortedDictionary<int, AbstractAlgorithm>.Empty;
            if (algorithm.Name.Length == 0)
            {
                _problems.Add($"{algorithm.Source} declares an algorithm without a name");
            }
            else if (versions.TryGetValue(algorithm.Version, out var other))
            {
                _problems.Add(
                    $"{algorithm.Source} declares the algorithm {algorithm}, but {other.Source} declares it already"
                );
            }
            else
            {
                _algorithms[algorithm.Name] = versions.Add(algorithm.Version, algorithm);
            }
        }
    }

    private List<ConcreteAlgorithm> AddImplementations()
    {
        var implementations = new List<ConcreteAlgorithm>();
        var check = new SignatureCheck(_forms, _concreteTypes);
        foreach (var algorithm in _declarations.Algorithms)
        {
            var problems = check.CheckRequirements(
                algorithm.Parameters,
                algorithm.ResultType,
                algorithm.ResultRequirements
            );
            _problems.AddRange(problems.Select(p => $"{algorithm.Source} declares {algorithm.Signature}: {p}"));
        }

        foreach (var declaration in _declarations.Implementations)
        {
            if (FindAlgorithm(declaration) is not { } algorithm)
            {
                continue;
            }

            var problems = check
                .Check(declaration, algorithm)
                .Concat(
                    check.CheckRequirements(
                        declaration.Parameters,
                        declaration.ResultType,
                        declaration.ResultRequirements
                    )
                )
                .ToArray();
            if (problems.Length > 0)
            {
                _problems.Add(
                    $"{declaration.Signature} cannot implement {algorithm.Signature} of {algorithm.Source}: {string.Join("; ", problems)}"
                );
            }
            else
            {
                implementations.Add(
                    declaration.Implement(
                        algorithm,
                        _declarations.Registration,
                        RequirementCheck.Of(declaration, algorithm, _concreteTypes)
                    )
                );
            }
        }

        foreach (var implementation in InOrder(implementations))
        {
            AddFunction(implementation);
        }

        return implementations;
    }

    private AbstractAlgorithm? FindAlgorithm(ImplementationDeclaration declaration)
    {
        if (!_algorithms.TryGetValue(declaration.Algorithm, out var versions))
        {
            var near = Suggestion.For(declaration.Algorithm, _algorithms.Keys);
            _problems.Add(
                $"{declaration.Source} implements the algorithm {declaration.Algorithm}, which nobody declares{near}"
            );
            return null;
        }

        if (!versions.TryGetValue(declaration.Version, out var algorithm))
        {
            _problems.Add(
                $"{declaration.Source} implements version {declaration.Version} of the algorithm {declaration.Algorithm}, of which there are the versions {string.Join(", ", versions.Select(v => $"{v.Key} ({v.Value.Source})"))}"
            );
        }

        return algorithm;
    }

    private void AddFunction(TaskFunction function)
    {
        if (!_functions.TryAdd(function.Id, function))
        {
            _problems.Add(
                $"{function.Signature} and {_functions[function.Id].Signature} would both be called {function.Id}: give one of the plugins another name"
            );
        }
    }

    private ImmutableSortedDictionary<string, ICompiler> AddCompilers()
    {
        var compilers = _registry.Compilers;
        foreach (var compiler in _declarations.Compilers)
        {
            if (string.IsNullOrEmpty(compiler.Name))
            {
                _problems.Add($"the compiler {TypeName.Of(compiler.GetType())} has no name");
            }
            else if (compilers.TryGetValue(compiler.Name, out var other))
            {
                _problems.Add(
                    $"the compiler {TypeName.Of(compiler.GetType())} is called \"{compiler.Name}\", as {TypeName.Of(other.GetType())} is already"
                );
            }
            else
            {
                compilers = compilers.Add(compiler.Name, compiler);
            }
        }

        return compilers;
    }

    private Registry Build(
        List<ConcreteAlgorithm> implementations,
        ImmutableSortedDictionary<string, ICompiler> compilers
    )
    {
        var byAlgorithm = _registry.Implementations.ToBuilder();
        foreach (var group in implementations.GroupBy(i => i.Algorithm))
        {
            var known = byAlgorithm.GetValueOrDefault(group.Key, []);
            byAlgorithm[group.Key] = [.. known, .. InOrder(group)];
        }

        var byDelegate = _registry.AlgorithmsByDelegate.ToBuilder();
        foreach (var algorithm in _declarations.Algorithms.Where(a => a.DelegateType is not null))
        {
            byDelegate[algorithm.DelegateType!] = algorithm;
        }

        return new Registry
        {
            Functions = _functions.ToImmutable(),
            Algorithms = _algorithms.ToImmutable(),
            AlgorithmsByDelegate = byDelegate.ToImmutable(),
            Implementations = byAlgorithm.ToImmutable(),
            Translators = _declarations.Translators.Count == 0 ? _registry.Translators : [.. InOrder(_translators)],
            Compilers = compilers,
            AbstractTypes = _abstractTypes.ToImmutable(),
            ConcreteTypes = _concreteTypes.ToImmutable(),
            Forms = _forms,
            Sources = _registry.Sources.Union(_declarations.Sources),
            Conversions = _registry.Conversions,
            Registrations = _declarations.Registration + 1,
        };
    }
}
