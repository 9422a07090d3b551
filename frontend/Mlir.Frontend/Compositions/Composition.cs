using System.Collections.Immutable;

namespace Mlir.Frontend.Compositions;

/// <summary>Lambdas that call each other's results in a fixed order: what becomes one kernel.</summary>
/// <param name="Inputs">The types of the arguments of the whole.</param>
/// <param name="Steps">The calls; each takes arguments of the whole, constants, and results of steps before it.</param>
/// <param name="Outputs">What the whole returns.</param>
/// <example><code>
/// // (x) => offset(scale(x, 2.0), 1.0)
/// new Composition(
///     [typeof(Tensor&lt;double&gt;)],
///     [
///         new(scale, site, [new CompositionOperand.Input(0), new CompositionOperand.Literal(2.0, typeof(double))]),
///         new(offset, site, [new CompositionOperand.Result(0), new CompositionOperand.Literal(1.0, typeof(double))]),
///     ],
///     [new CompositionOperand.Result(1)]
/// );
/// </code></example>
public sealed record Composition(
    ImmutableArray<Type> Inputs,
    ImmutableArray<CompositionStep> Steps,
    ImmutableArray<CompositionOperand> Outputs
)
{
    /// <summary>The C# type of an operand.</summary>
    /// <param name="operand">An operand of a step of this composition, or one of its outputs.</param>
    /// <exception cref="ArgumentException">The operand names an input, step or item that does not exist.</exception>
    public Type TypeOf(CompositionOperand operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        var items = new Stack<int>();
        while (operand is CompositionOperand.Element element)
        {
            items.Push(element.Index);
            operand = element.Tuple;
        }

        var type = operand switch
        {
            CompositionOperand.Input { Index: var i } when i >= 0 && i < Inputs.Length => Inputs[i],
            CompositionOperand.Result { Step: var s } when s >= 0 && s < Steps.Length => Steps[s].Lambda.ReturnType,
            CompositionOperand.Literal literal => literal.Type,
            _ => throw new ArgumentException($"the composition has no {operand}", nameof(operand)),
        };
        while (items.TryPop(out var item))
        {
            type =
                TupleItems.Find(type, item)?.Layout.ClrType
                ?? throw new ArgumentException($"{type} has no item {item}", nameof(operand));
        }

        return type;
    }
}
