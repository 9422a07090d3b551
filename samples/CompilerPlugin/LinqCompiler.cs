using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Dataflow;

/// <summary>
/// Makes one delegate of several lambdas: each task becomes a variable, and LINQ's own compiler makes code of the whole, whatever the types are.
/// </summary>
public sealed class LinqCompiler : ICompiler
{
    public string Name => "linq";

    /// <summary>A delegate runs on one core.</summary>
    public bool RunsInParallel => false;

    public void InitializeRuntime() => Console.WriteLine("linq: ready");

    public void TeardownRuntime() => Console.WriteLine("linq: done");

    public CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals)
    {
        var inputs = new List<Type>();
        var arguments = new List<SubgraphOperand>();
        foreach (var (parameter, i) in algorithm.Parameters.Select((p, i) => (p, i)))
        {
            if (literals.TryGetValue(i, out var value))
            {
                arguments.Add(new SubgraphOperand.Literal(value, parameter.Type));
            }
            else
            {
                arguments.Add(new SubgraphOperand.Input(inputs.Count));
                inputs.Add(parameter.Type);
            }
        }

        return CompileSubgraph(
            new Subgraph([new SubgraphTask(algorithm, [.. arguments], algorithm.Site)]),
            [.. inputs],
            [new SubgraphOperand.Result(0)]
        );
    }

    public CompiledTask CompileSubgraph(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        Console.WriteLine($"linq: {subgraph}");
        var arguments = Expression.Parameter(typeof(object[]), "arguments");
        var results = new List<ParameterExpression>();
        var body = new List<Expression>();
        foreach (var task in subgraph.Tasks)
        {
            if (task.Function.Expression is not { } lambda)
            {
                throw new CompilationFailedException($"{task.Function.Id} is not a lambda");
            }

            var result = Expression.Variable(lambda.ReturnType);
            body.Add(Expression.Assign(result, Expression.Invoke(lambda, task.Arguments.Select(Read))));
            results.Add(result);
        }

        body.Add(
            Expression.NewArrayInit(
                typeof(object),
                outputs.Select(output => Expression.Convert(Read(output), typeof(object)))
            )
        );
        return new LinqTask(
            Expression.Lambda<Func<object?[], object?[]>>(Expression.Block(results, body), arguments).Compile()
        );

        Expression Read(SubgraphOperand operand) =>
            operand switch
            {
                SubgraphOperand.Input input => Expression.Convert(
                    Expression.ArrayIndex(arguments, Expression.Constant(input.Index)),
                    inputs[input.Index]
                ),
                SubgraphOperand.Result result => results[result.Task],
                SubgraphOperand.Element element => Expression.Field(Read(element.Tuple), $"Item{element.Index + 1}"),
                SubgraphOperand.Literal literal => Expression.Constant(literal.Value, literal.Type),
                _ => throw new CompilationFailedException($"{operand} is unknown"),
            };
    }

    private sealed class LinqTask(Func<object?[], object?[]> run) : CompiledTask
    {
        public override object?[] Invoke(ReadOnlySpan<object?> arguments) => run(arguments.ToArray());
    }
}
