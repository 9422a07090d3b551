using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>A graph of calls that run later: optimized, compiled, and several at once.</summary>
/// <example><code>
/// var flow = new Flow(resolver);
/// var y = flow.Call&lt;Scale&gt;(flow.Input(x), 2.0);
/// var z = flow.Call&lt;Offset&gt;(y, 1.0);
/// Tensor&lt;double&gt; result = await z.ComputeAsync();
/// </code></example>
/// <remarks>The graph only grows: optimizing and computing work on copies of what they need. Equal calls are one task. Thread-safe.</remarks>
public sealed partial class Flow
{
    private readonly Lock _lock = new();
    private readonly GraphOp _graph;
    private readonly FlowTypes _types = new();
    private readonly FlowNames _names = new();
    private readonly Dictionary<NodeKey, FlowValue> _nodes = [];
    private readonly Dictionary<object, FlowValue> _inputsByObject = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, object?> _data = new(StringComparer.Ordinal);

    /// <summary>An empty graph.</summary>
    /// <param name="resolver">Knows the algorithms, and who implements them.</param>
    /// <param name="name">The graph's name in its textual form.</param>
    public Flow(Resolver resolver, string name = "flow")
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Resolver = resolver;
        _graph = GraphOp.Create(Location.Unknown, name);
    }

    /// <summary>Knows the algorithms, and who implements them.</summary>
    public Resolver Resolver { get; }

    /// <summary>The graph's name in its textual form.</summary>
    public string Name => _graph.SymName;

    /// <summary>The values that a graph read from text ends with; none in a graph that was built.</summary>
    public ImmutableArray<FlowValue> Outputs { get; private set; } = [];

    /// <summary>Makes a value part of the graph. The same object under the same name is the same node.</summary>
    /// <param name="value">The value. The graph refers to it; it must not change until everything that needs it has been computed.</param>
    /// <param name="name">Its name in the graph; null for that of the variable.</param>
    /// <param name="text">The argument's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">The name belongs to another value.</exception>
    public FlowValue<T> Input<T>(
        T value,
        string? name = null,
        [CallerArgumentExpression(nameof(value))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var site = new CallSite(file, line, "");
        if (value is FlowValue)
        {
            throw new FlowException(site, "an input is a value, not another value of a graph: pass it on as it is");
        }

        lock (_lock)
        {
            return AddInput(value, value?.GetType() ?? typeof(T), name, NameOf(text), site).As<T>();
        }
    }

    /// <summary>An item of a tuple.</summary>
    internal FlowValue AddItem(FlowValue tuple, int index, CallSite site)
    {
        var items = TupleItems.Of(tuple.Type);
        if (items.IsEmpty)
        {
            throw new FlowException(site, $"a value of type {TypeName.Of(tuple.Type)} has no items: it is no tuple");
        }

        if ((uint)index >= (uint)items.Length)
        {
            throw new FlowException(
                site,
                $"{TypeName.Of(tuple.Type)} has {items.Length} items, so there is no item {index}"
            );
        }

        lock (_lock)
        {
            var key = new NodeKey(typeof(ElementOp), null, index, [tuple.Result]);
            return _nodes.TryGetValue(key, out var known)
                ? known
                : Add(key, new ElementOp(site.Location, tuple.Result, index, _types[items[index]]), items[index]);
        }
    }

    /// <summary>A value in the form of another type, by the shortest way of translations.</summary>
    internal FlowValue AddTranslation(FlowValue value, Type type, CallSite site)
    {
        if (type.IsAssignableFrom(value.Type))
        {
            return value;
        }

        ImmutableArray<Translator> route;
        try
        {
            route = Resolver.GetRoute(value.Type, type);
        }
        catch (DispatchException e)
        {
            throw new FlowException(site, e.Message, e);
        }

        lock (_lock)
        {
            return AddTranslations(value, route, site.Location);
        }
    }

    /// <summary>The object or the function behind a <c>flow.input</c> or a <c>flow.run</c>.</summary>
    internal object? GetData(string name)
    {
        lock (_lock)
        {
            return _data.TryGetValue(name, out var data)
                ? data
                : throw new ArgumentException($"the graph has no input \"{name}\"", nameof(name));
        }
    }

    /// <summary>The type of .NET that a type of the graph stands for; null where no value of the graph has it.</summary>
    internal Type? FindType(IrType type)
    {
        lock (_lock)
        {
            return _types.Find(type);
        }
    }

    private FlowValue AddInput(object? value, Type type, string? name, string? suggestion, CallSite site)
    {
        // Value types are boxed anew at every call, so that one object never comes twice.
        if (value is not null && !type.IsValueType && _inputsByObject.TryGetValue(value, out var known))
        {
            var knownName = ((InputOp)known.Result.Owner).Name;
            if (name is null || name == knownName)
            {
                return known;
            }
        }

        if (name is null)
        {
            name = _names.Take(suggestion ?? "input");
        }
        else if (!_names.TryTake(name))
        {
            throw new FlowException(site, $"the graph has a node \"{name}\" already");
        }

        _types.Add(type);
        var op = new InputOp(site.Location, name, _types[type]);
        op.Value.NameHint = IsIdentifier(name) ? name : null;
        _data.Add(name, value);
        _graph.Body.Insert(op);
        var node = new FlowValue(this, op.Value, type);
        if (value is not null && !type.IsValueType)
        {
            _inputsByObject.TryAdd(value, node);
        }

        return node;
    }

    private FlowValue AddLiteral(IrAttribute attribute, Type type, Location location)
    {
        var key = new NodeKey(attribute, type, 0, []);
        return _nodes.TryGetValue(key, out var known)
            ? known
            : Add(key, new LiteralOp(location, attribute, _types[type]), type);
    }

    private FlowValue AddTask(ConcreteAlgorithm function, Value[] operands, Location location)
    {
        var key = new NodeKey(function, null, 0, operands);
        return _nodes.TryGetValue(key, out var known)
            ? known
            : Add(
                key,
                new TaskOp(
                    location,
                    operands,
                    function.Algorithm.Name,
                    function.Id,
                    _types[function.ResultType],
                    function.Compiler
                ),
                function.ResultType
            );
    }

    private FlowValue AddTranslations(FlowValue value, ImmutableArray<Translator> route, Location location)
    {
        foreach (var translator in route)
        {
            var key = new NodeKey(translator, null, 0, [value.Result]);
            value = _nodes.TryGetValue(key, out var known)
                ? known
                : Add(
                    key,
                    new TranslateOp(
                        location,
                        value.Result,
                        translator.Id,
                        _types[translator.ResultType],
                        translator.Compiler
                    ),
                    translator.ResultType
                );
        }

        return value;
    }

    private FlowValue Add(NodeKey key, Operation op, Type type)
    {
        _graph.Body.Insert(op);
        var node = new FlowValue(this, op.OpResults[0], type);
        _nodes.Add(key, node);
        return node;
    }

    private static string? NameOf(string text) => IsIdentifier(text) ? text : null;

    private static bool IsIdentifier([NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text)
        && !char.IsAsciiDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(IdentifierCharacters);

    private static readonly System.Buffers.SearchValues<char> IdentifierCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    );
}
