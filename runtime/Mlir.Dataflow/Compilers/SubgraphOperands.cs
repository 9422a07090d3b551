using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>What operands of a subgraph stand for.</summary>
internal static class SubgraphOperands
{
    /// <summary>The input, result or literal that an operand is taken from.</summary>
    public static SubgraphOperand RootOf(SubgraphOperand operand)
    {
        while (operand is SubgraphOperand.Element element)
        {
            operand = element.Tuple;
        }

        return operand;
    }

    /// <summary>The value of an operand.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="inputs">The arguments of the subgraph.</param>
    /// <param name="results">The results of its tasks so far.</param>
    public static object? ValueOf(SubgraphOperand operand, ReadOnlySpan<object?> inputs, ReadOnlySpan<object?> results)
    {
        var items = new Stack<int>(0);
        while (operand is SubgraphOperand.Element element)
        {
            items.Push(element.Index);
            operand = element.Tuple;
        }

        var value = operand switch
        {
            SubgraphOperand.Input input => inputs[input.Index],
            SubgraphOperand.Result result => results[result.Task],
            SubgraphOperand.Literal literal => literal.Value,
            _ => throw new ArgumentException($"{operand} is no operand", nameof(operand)),
        };
        while (items.TryPop(out var item))
        {
            value = value is ITuple tuple
                ? tuple[item]
                : throw new InvalidCastException($"{value?.GetType().ToString() ?? "null"} is not a tuple");
        }

        return value;
    }
}
