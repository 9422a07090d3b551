using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>Makes delegates that call an algorithm.</summary>
internal static class BoundDelegates
{
    private static readonly MethodInfo Run = typeof(BoundDelegates).GetMethod(
        nameof(Call),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    /// <summary>A delegate of the type that declares <paramref name="algorithm"/>; it calls whichever implementation fits its arguments.</summary>
    public static Delegate Make(Resolver resolver, AbstractAlgorithm algorithm, string? plugin)
    {
        var invoke = algorithm.DelegateType!.GetMethod("Invoke")!;
        var parameters = Array.ConvertAll(invoke.GetParameters(), p => Expression.Parameter(p.ParameterType, p.Name));
        var arguments = Expression.NewArrayInit(
            typeof(object),
            parameters.Select(p => Expression.Convert(p, typeof(object)))
        );
        var call = Expression.Call(
            Run,
            Expression.Constant(resolver),
            Expression.Constant(algorithm),
            arguments,
            Expression.Constant(invoke.ReturnType),
            Expression.Constant(plugin, typeof(string))
        );
        return Expression
            .Lambda(algorithm.DelegateType, Expression.Convert(call, invoke.ReturnType), parameters)
            .Compile();
    }

    private static object? Call(
        Resolver resolver,
        AbstractAlgorithm algorithm,
        object?[] arguments,
        Type resultType,
        string? plugin
    ) => resolver.RunNow(algorithm, arguments, resultType, plugin);
}
