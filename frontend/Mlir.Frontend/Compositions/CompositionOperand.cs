namespace Mlir.Frontend.Compositions;

/// <summary>What a step of a composition takes, or what a composition returns.</summary>
public abstract record CompositionOperand
{
    private CompositionOperand() { }

    /// <summary>An argument of the whole.</summary>
    /// <param name="Index">Its position.</param>
    public sealed record Input(int Index) : CompositionOperand;

    /// <summary>The result of a step.</summary>
    /// <param name="Step">The step's position.</param>
    public sealed record Result(int Step) : CompositionOperand;

    /// <summary>An item of a tuple.</summary>
    /// <param name="Tuple">The tuple.</param>
    /// <param name="Index">The item's position, from 0.</param>
    public sealed record Element(CompositionOperand Tuple, int Index) : CompositionOperand;

    /// <summary>A value that is compiled in.</summary>
    /// <param name="Value">The value: a scalar, a string, or a tuple of scalars.</param>
    /// <param name="Type">Its type.</param>
    public sealed record Literal(object? Value, Type Type) : CompositionOperand;
}
