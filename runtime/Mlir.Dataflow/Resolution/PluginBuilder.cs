using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Declares a plugin by calls instead of attributes.</summary>
public sealed class PluginBuilder
{
    private readonly string _name;
    private readonly PluginDeclarations _declarations;

    internal PluginBuilder(string name, PluginDeclarations declarations)
    {
        _name = name;
        _declarations = declarations;
    }

    /// <summary>Declares an abstract type.</summary>
    /// <typeparam name="TMarker">The type that stands for it in signatures.</typeparam>
    /// <param name="properties">Its properties with all values of each.</param>
    public PluginBuilder DeclareType<TMarker>(params ReadOnlySpan<(string Name, object[] Values)> properties)
    {
        _declarations.AbstractTypes.Add(
            new AbstractType(typeof(TMarker).Name, typeof(TMarker), Collect(properties, TypeName.Of(typeof(TMarker))))
        );
        return this;
    }

    /// <summary>Declares a form of an abstract type, of which nothing more is known than the type of its values.</summary>
    /// <typeparam name="TMarker">The type that stands for the abstract type.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    public PluginBuilder DeclareForm<TMarker, T>()
        where T : notnull => DeclareForm<TMarker>(new ConcreteType<T>());

    /// <summary>Declares a form of an abstract type.</summary>
    /// <typeparam name="TMarker">The type that stands for the abstract type.</typeparam>
    /// <param name="form">What can be said of its values.</param>
    /// <param name="properties">The values that its properties can have, where those of the abstract type are not all possible.</param>
    public PluginBuilder DeclareForm<TMarker>(
        ConcreteType form,
        params ReadOnlySpan<(string Name, object[] Values)> properties
    )
    {
        ArgumentNullException.ThrowIfNull(form);
        var source = $"{_name} ({TypeName.Of(form.GetType())})";
        form.SetProperties(Collect(properties, source));
        _declarations.ConcreteTypes.Add(new ConcreteTypeDeclaration(form, typeof(TMarker), source));
        return this;
    }

    /// <summary>Declares an algorithm.</summary>
    /// <typeparam name="TDelegate">The delegate type that says what it takes and gives.</typeparam>
    /// <param name="algorithm">The algorithm's name.</param>
    /// <param name="version">The version.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public PluginBuilder Declare<TDelegate>(
        string algorithm,
        int version = 0,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        var source = $"{_name} ({TypeName.Of(typeof(TDelegate))})";
        var invoke = typeof(TDelegate).GetMethod("Invoke")!;
        if (FunctionShape.Read(invoke, null, source, _declarations.Problems) is { } shape)
        {
            // Func and Action stand for no algorithm in particular.
            var own = typeof(TDelegate) is { IsGenericType: true, Namespace: "System" } ? null : typeof(TDelegate);
            _declarations.Algorithms.Add(
                new AbstractAlgorithm(algorithm, version, own, shape.Parameters, shape.ResultType)
                {
                    ResultRequirements = shape.ResultRequirements,
                    Site = new CallSite(file, line, ""),
                    Source = source,
                }
            );
        }

        return this;
    }

    /// <summary>Registers an implementation that runs as it is.</summary>
    /// <param name="algorithm">The algorithm's name.</param>
    /// <param name="function">The implementation, whose parameters have the names of the algorithm's.</param>
    /// <param name="id">Its name within the plugin; null for the method's, or for the last part of the algorithm's.</param>
    /// <param name="version">The version of the algorithm.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public PluginBuilder Implement(
        string algorithm,
        Delegate function,
        string? id = null,
        int version = 0,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        ArgumentNullException.ThrowIfNull(function);
        id ??= Name(function.Method) ?? LastPart(algorithm);
        if (FunctionShape.Read(Named(function), null, Source(id), _declarations.Problems) is { } shape)
        {
            Add(algorithm, version, id, shape, null, null, new CallSite(file, line, ""), Invokers.Of(function));
        }

        return this;
    }

    /// <summary>Registers an implementation that a compiler can compile.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <param name="algorithm">The algorithm's name.</param>
    /// <param name="lambda">The implementation.</param>
    /// <param name="compiler">The compiler's name; null if it is to run as it is.</param>
    /// <param name="id">Its name within the plugin; null for the last part of the algorithm's.</param>
    /// <param name="version">The version of the algorithm.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public PluginBuilder Implement<TDelegate>(
        string algorithm,
        Expression<TDelegate> lambda,
        string? compiler,
        string? id = null,
        int version = 0,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        ArgumentNullException.ThrowIfNull(lambda);
        id ??= LastPart(algorithm);
        var invoke = typeof(TDelegate).GetMethod("Invoke")!;
        if (FunctionShape.Read(invoke, lambda, Source(id), _declarations.Problems) is { } shape)
        {
            Add(algorithm, version, id, shape, lambda, compiler, new CallSite(file, line, text), Invokers.Of(lambda));
        }

        return this;
    }

    /// <summary>Registers a translator that runs as it is.</summary>
    /// <typeparam name="TSource">The type that it takes.</typeparam>
    /// <typeparam name="TTarget">The type that it gives.</typeparam>
    /// <param name="translate">The translator.</param>
    /// <param name="cost">What the step costs beside other steps, from 0.</param>
    /// <param name="id">Its name within the plugin; null for the two types.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public PluginBuilder Translate<TSource, TTarget>(
        Func<TSource, TTarget> translate,
        double cost = 1,
        string? id = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(translate);
        var site = new CallSite(file, line, "");
        return Add<TSource, TTarget>(cost, id, null, null, site, Invokers.Of(translate));
    }

    /// <summary>Registers a translator that a compiler can compile.</summary>
    /// <typeparam name="TSource">The type that it takes.</typeparam>
    /// <typeparam name="TTarget">The type that it gives.</typeparam>
    /// <param name="translate">The translator.</param>
    /// <param name="compiler">The compiler's name.</param>
    /// <param name="cost">What the step costs beside other steps, from 0.</param>
    /// <param name="id">Its name within the plugin; null for the two types.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public PluginBuilder Translate<TSource, TTarget>(
        Expression<Func<TSource, TTarget>> translate,
        string? compiler,
        double cost = 1,
        string? id = null,
        [CallerArgumentExpression(nameof(translate))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(translate);
        var site = new CallSite(file, line, text);
        return Add<TSource, TTarget>(cost, id, translate, compiler, site, Invokers.Of(translate));
    }

    /// <summary>Adds a compiler.</summary>
    public PluginBuilder Add(ICompiler compiler)
    {
        ArgumentNullException.ThrowIfNull(compiler);
        _declarations.Compilers.Add(compiler);
        return this;
    }

    private static string LastPart(string algorithm) => algorithm[(algorithm.LastIndexOf('.') + 1)..];

    // A lambda's method has a name that the C# compiler made up.
    private static string? Name(MethodInfo method) =>
        method.Name.Contains('<', StringComparison.Ordinal) ? null : method.Name;

    // Func's parameters have no names of their own: those of the method count, unless it has more parameters than the delegate.
    private static MethodInfo Named(Delegate function)
    {
        var invoke = function.GetType().GetMethod("Invoke")!;
        var anonymous = function.GetType() is { IsGenericType: true, Namespace: "System" };
        return anonymous && function.Method.GetParameters().Length == invoke.GetParameters().Length
            ? function.Method
            : invoke;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<object>> Empty =>
        ImmutableSortedDictionary.Create<string, ImmutableArray<object>>(StringComparer.Ordinal);

    private string Source(string id) => $"{_name}.{id}";

    private ImmutableSortedDictionary<string, ImmutableArray<object>> Collect(
        ReadOnlySpan<(string Name, object[] Values)> properties,
        string source
    )
    {
        var collected = Empty;
        foreach (var (name, values) in properties)
        {
            if (values.Length == 0 || collected.ContainsKey(name))
            {
                _declarations.Problems.Add(
                    $"the property '{name}' of {source} {(values.Length == 0 ? "has no values" : "is declared twice")}"
                );
            }
            else
            {
                collected = collected.Add(name, [.. values]);
            }
        }

        return collected;
    }

    private void Add(
        string algorithm,
        int version,
        string id,
        FunctionShape shape,
        LambdaExpression? lambda,
        string? compiler,
        CallSite site,
        Func<object?[], object?> invoke
    ) =>
        _declarations.Implementations.Add(
            new ImplementationDeclaration(
                algorithm,
                version,
                Source(id),
                _name,
                Source(id),
                shape.Parameters,
                shape.ResultType,
                shape.ResultRequirements,
                lambda,
                compiler,
                site,
                invoke
            )
        );

    private PluginBuilder Add<TSource, TTarget>(
        double cost,
        string? id,
        LambdaExpression? lambda,
        string? compiler,
        CallSite site,
        Func<object?[], object?> invoke
    )
    {
        id = Source(id ?? $"{TypeName.Of(typeof(TSource))}-to-{TypeName.Of(typeof(TTarget))}");
        var parameter = new TaskParameter(lambda?.Parameters[0].Name ?? "value", typeof(TSource));
        _declarations.Translators.Add(
            new Translator(id, _name, [parameter], typeof(TTarget), cost, lambda, compiler, site, invoke)
            {
                Member = id,
                Registration = _declarations.Registration,
            }
        );
        return this;
    }
}
