using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Mlir.Dataflow;

/// <summary>What delegates of one type take and give, and how they are called with arguments whose types are known at run time only.</summary>
internal sealed class ForeignShape
{
    private static readonly ConcurrentDictionary<Type, ForeignShape> Shapes = new();
    private readonly Lazy<Func<Delegate, object?[], object?>> _invoke;
    private readonly Type _type;
    private readonly bool _takesToken;

    private ForeignShape(Type type)
    {
        _type = type;

        // The delegate type's own method: the target's may have a closure or an instance before its parameters.
        var method = type.GetMethod(nameof(Action.Invoke))!;
        var types = method.GetParameters().Select(p => p.ParameterType).ToImmutableArray();
        _takesToken = types is [.., var last] && last == typeof(CancellationToken);
        Parameters = _takesToken ? types[..^1] : types;
        ResultType = method.ReturnType;
        _invoke = new Lazy<Func<Delegate, object?[], object?>>(MakeInvoke);
    }

    /// <summary>The types of the arguments, without the token.</summary>
    public ImmutableArray<Type> Parameters { get; }

    /// <summary>The type of the result.</summary>
    public Type ResultType { get; }

    /// <summary>Calls a delegate of the type.</summary>
    public Func<Delegate, object?[], object?> Invoke => _invoke.Value;

    /// <summary>The shape of a delegate type.</summary>
    public static ForeignShape Of(Type type) =>
        type.IsCollectible ? new ForeignShape(type) : Shapes.GetOrAdd(type, static t => new ForeignShape(t));

    private Func<Delegate, object?[], object?> MakeInvoke()
    {
        var function = Expression.Parameter(typeof(Delegate), "function");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var values = Parameters
            .Select(
                (type, i) =>
                    (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), type)
            )
            .ToList();
        if (_takesToken)
        {
            values.Add(Expression.Property(null, typeof(TaskContext), nameof(TaskContext.CancellationToken)));
        }

        var call = Expression.Invoke(Expression.Convert(function, _type), values);
        return Expression
            .Lambda<Func<Delegate, object?[], object?>>(Expression.Convert(call, typeof(object)), function, arguments)
            .Compile();
    }
}
