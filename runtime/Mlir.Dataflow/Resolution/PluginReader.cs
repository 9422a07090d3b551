using System.Collections.Immutable;
using System.Reflection;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>Reads what the attributes of a class and of the types inside it declare.</summary>
internal sealed class PluginReader(PluginDeclarations declarations)
{
    private const BindingFlags Members =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    /// <summary>Reads a class, with <paramref name="instance"/> for what is not static.</summary>
    /// <returns>Whether anything was declared.</returns>
    public bool Read(Type type, object? instance)
    {
        var before = Count();
        if (!declarations.CheckName(Name(type), TypeName.Of(type)))
        {
            return true;
        }

        var pending = new Stack<Type>([type]);
        while (pending.TryPop(out var next))
        {
            ReadType(next);
            ReadMembers(next, next == type ? instance : null, Name(type));
            foreach (var nested in next.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
            {
                pending.Push(nested);
            }
        }

        // What base classes declare belongs to the plugin too.
        for (var b = type.BaseType; b is not null && b != typeof(object); b = b.BaseType)
        {
            ReadMembers(b, instance, Name(type));
        }

        ReadCompiler(type, instance);
        return Count() > before;
    }

    /// <summary>Whether <see cref="ReadType"/> finds anything.</summary>
    public static bool Declares(Type type) =>
        type.IsDefined(typeof(AbstractAlgorithmAttribute), false)
        || type.IsDefined(typeof(AbstractTypeAttribute), false)
        || type.IsDefined(typeof(ConcreteTypeAttribute), false);

    /// <summary>Reads a type on its own: a delegate that declares an algorithm, an abstract type, a form.</summary>
    public void ReadType(Type type)
    {
        var source = TypeName.Of(type);
        if (type.GetCustomAttribute<AbstractAlgorithmAttribute>(false) is { } algorithm)
        {
            ReadAlgorithm(algorithm, type, type.GetMethod("Invoke")!, source);
        }

        if (type.GetCustomAttribute<AbstractTypeAttribute>(false) is { } abstractType)
        {
            declarations.AbstractTypes.Add(
                new AbstractType(
                    abstractType.Name ?? type.Name,
                    type,
                    Properties(type, source),
                    [.. abstractType.Components]
                )
            );
        }

        if (type.GetCustomAttribute<ConcreteTypeAttribute>(false) is { } concreteType)
        {
            ReadConcreteType(concreteType, type, source);
        }
    }

    private int Count() =>
        declarations.AbstractTypes.Count
        + declarations.ConcreteTypes.Count
        + declarations.Algorithms.Count
        + declarations.Implementations.Count
        + declarations.Translators.Count
        + declarations.Compilers.Count
        + declarations.Problems.Count;

    private static string Name(Type type) =>
        type.GetCustomAttribute<PluginAttribute>(false)?.Name ?? type.Name.Split('`')[0];

    private void ReadConcreteType(ConcreteTypeAttribute attribute, Type type, string source)
    {
        if (type.ContainsGenericParameters)
        {
            declarations.Problems.Add($"{source} is generic: declare a form for each type of values");
            return;
        }

        var isForm = typeof(ConcreteType).IsAssignableFrom(type);
        ConcreteType form;
        if (!isForm)
        {
            form = (ConcreteType)Activator.CreateInstance(typeof(ConcreteType<>).MakeGenericType(type))!;
        }
        else if (Make(type) is ConcreteType made)
        {
            form = made;
        }
        else
        {
            return;
        }

        form.SetProperties(Properties(type, source));
        declarations.ConcreteTypes.Add(new ConcreteTypeDeclaration(form, attribute.AbstractType, source));
    }

    private ImmutableSortedDictionary<string, ImmutableArray<object>> Properties(Type type, string source)
    {
        var properties = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<object>>(
            StringComparer.Ordinal
        );
        foreach (var property in type.GetCustomAttributes<TypePropertyAttribute>(false))
        {
            if (property.Values.Count == 0)
            {
                declarations.Problems.Add($"the property '{property.Name}' of {source} has no values");
            }
            else if (!properties.TryAdd(property.Name, [.. property.Values]))
            {
                declarations.Problems.Add($"{source} declares the property '{property.Name}' twice");
            }
        }

        return properties.ToImmutable();
    }

    private void ReadCompiler(Type type, object? instance)
    {
        if (!typeof(ICompiler).IsAssignableFrom(type))
        {
            return;
        }

        if (instance is ICompiler compiler)
        {
            declarations.Compilers.Add(compiler);
        }
        else if (Make(type) is ICompiler made)
        {
            declarations.Compilers.Add(made);
        }
    }

    private object? Make(Type type)
    {
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            declarations.Problems.Add(
                $"{TypeName.Of(type)} needs a public constructor without parameters{(typeof(ICompiler).IsAssignableFrom(type) ? ", or add an instance" : "")}"
            );
            return null;
        }

        try
        {
            return Activator.CreateInstance(type);
        }
        catch (TargetInvocationException exception)
        {
            declarations.Problems.Add($"{TypeName.Of(type)} cannot be made: {exception.GetBaseException().Message}");
            return null;
        }
    }

    private void ReadMembers(Type type, object? instance, string plugin)
    {
        var functions = new List<PluginFunction>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in type.GetMembers(Members))
        {
            var algorithm = member.GetCustomAttribute<ConcreteAlgorithmAttribute>(false);
            var translator = member.GetCustomAttribute<TranslatorAttribute>(false);
            var source = $"{TypeName.Of(type)}.{member.Name}";
            if (member is MethodInfo declaring && member.GetCustomAttribute<AbstractAlgorithmAttribute>(false) is { } a)
            {
                ReadAlgorithm(a, null, declaring, source);
            }

            if (algorithm is not null && translator is not null)
            {
                declarations.Problems.Add(
                    $"{source} cannot be an implementation of {algorithm.Name} and a translator at once"
                );
            }
            else if (algorithm is not null || translator is not null)
            {
                names[member.Name] = names.GetValueOrDefault(member.Name) + 1;
                functions.Add(new PluginFunction(member, instance, plugin, source, false, algorithm, translator));
            }
        }

        foreach (var function in functions)
        {
            (function with { IsOverloaded = names[function.Member.Name] > 1 }).Declare(declarations);
        }
    }

    private void ReadAlgorithm(
        AbstractAlgorithmAttribute attribute,
        Type? delegateType,
        MethodInfo method,
        string source
    )
    {
        var site = new CallSite(attribute.File, attribute.Line, "");
        if (FunctionShape.Read(method, null, source, declarations.Problems) is { } shape)
        {
            declarations.Algorithms.Add(
                new AbstractAlgorithm(
                    attribute.Name,
                    attribute.Version,
                    delegateType,
                    shape.Parameters,
                    shape.ResultType
                )
                {
                    ResultRequirements = shape.ResultRequirements,
                    Site = site,
                    Source = source,
                }
            );
        }
    }
}
