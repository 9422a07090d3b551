namespace Mlir.Dataflow;

/// <summary>What a task of a subgraph takes as an argument, or what a subgraph gives as a result.</summary>
public abstract record SubgraphOperand
{
    private SubgraphOperand() { }

    /// <summary>An argument of the whole subgraph.</summary>
    /// <param name="Index">Its position.</param>
    public sealed record Input(int Index) : SubgraphOperand;

    /// <summary>The result of a task of the subgraph.</summary>
    /// <param name="Task">The task's position in <see cref="Subgraph.Tasks"/>.</param>
    public sealed record Result(int Task) : SubgraphOperand;

    /// <summary>An item of a tuple.</summary>
    /// <param name="Tuple">The tuple.</param>
    /// <param name="Index">The item's position, from 0.</param>
    public sealed record Element(SubgraphOperand Tuple, int Index) : SubgraphOperand;

    /// <summary>A value that is known when the subgraph is compiled.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Type">Its type.</param>
    public sealed record Literal(object? Value, Type Type) : SubgraphOperand;
}
