using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Dataflow;
using Mlir.Frontend;

namespace Mlir.Tests.Dataflow.Compilers;

/// <summary>Functions as a registry would make them, and subgraphs of them.</summary>
internal static class Functions
{
    /// <summary>A function that can be compiled.</summary>
    public static ConcreteAlgorithm Of<TDelegate>(
        string name,
        Expression<TDelegate> lambda,
        string? compiler = "cpu",
        Func<object?[], object?>? invoke = null
    )
        where TDelegate : Delegate
    {
        var compiled = new Lazy<Delegate>(() => lambda.Compile());
        var parameters = lambda.Parameters.Select(p => new TaskParameter(p.Name!, p.Type)).ToImmutableArray();
        return new ConcreteAlgorithm(
            new AbstractAlgorithm($"test.{name}", 0, null, parameters, lambda.ReturnType),
            $"Plugin.{name}",
            "Plugin",
            parameters,
            lambda.ReturnType,
            lambda,
            compiler,
            new CallSite("Plugin.cs", 12, ""),
            invoke ?? (arguments => compiled.Value.DynamicInvoke(arguments))
        );
    }

    /// <summary>A call.</summary>
    public static SubgraphTask Call(TaskFunction function, params SubgraphOperand[] arguments) =>
        new(function, [.. arguments], new CallSite("Program.cs", 34, ""));

    /// <summary>An argument of the subgraph.</summary>
    public static SubgraphOperand In(int index) => new SubgraphOperand.Input(index);

    /// <summary>The result of a task.</summary>
    public static SubgraphOperand Result(int task) => new SubgraphOperand.Result(task);

    /// <summary>An item of a tuple.</summary>
    public static SubgraphOperand Item(SubgraphOperand tuple, int index) => new SubgraphOperand.Element(tuple, index);

    /// <summary>A constant.</summary>
    public static SubgraphOperand Literal<T>(T value) => new SubgraphOperand.Literal(value, typeof(T));
}
