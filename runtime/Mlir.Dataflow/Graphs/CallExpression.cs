using System.Linq.Expressions;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Reads the expression of a call, as <c>scale => scale(x.Value, 2.0)</c>.</summary>
/// <param name="algorithm">The parameter that is called.</param>
/// <param name="site">Where the expression stands.</param>
/// <param name="call">Adds a call.</param>
internal sealed class CallExpression(ParameterExpression algorithm, CallSite site, Func<object?[], FlowValue> call)
{
    /// <summary>Adds what the expression calls; calls may be arguments of calls.</summary>
    public FlowValue Read(Expression expression) =>
        ReadArgument(expression) as FlowValue
        ?? throw new FlowException(site, $"{expression} is no call of {algorithm.Name}");

    private object? ReadArgument(Expression expression) =>
        expression switch
        {
            InvocationExpression { Expression: var called, Arguments: var arguments } when called == algorithm => call([
                .. arguments.Select(ReadArgument),
            ]),
            MemberExpression { Member.Name: nameof(FlowValue<>.Value), Expression: { } owner }
                when typeof(FlowValue).IsAssignableFrom(owner.Type) => Evaluate(owner),
            // Dispatch converts values of the graph, C# everything else.
            UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand }
                when ReadArgument(operand) is FlowValue value => value,
            ConstantExpression constant => constant.Value,
            _ => Evaluate(expression),
        };

    private object? Evaluate(Expression expression)
    {
        try
        {
            return Expression
                .Lambda<Func<object?>>(Expression.Convert(expression, typeof(object)))
                .Compile(preferInterpretation: true)();
        }
        catch (Exception e)
        {
            throw new FlowException(site, $"the argument {expression} cannot be computed here: {e.Message}", e);
        }
    }
}
