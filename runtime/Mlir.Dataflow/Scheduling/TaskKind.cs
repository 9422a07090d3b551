namespace Mlir.Dataflow;

/// <summary>What a node of a graph is.</summary>
public enum TaskKind
{
    /// <summary>An algorithm that runs as it is.</summary>
    Algorithm,

    /// <summary>An algorithm that was compiled alone, or can be.</summary>
    Compilable,

    /// <summary>Several tasks compiled into one.</summary>
    Fused,

    /// <summary>A translation.</summary>
    Translation,

    /// <summary>A function that no registry knows.</summary>
    Foreign,

    /// <summary>An item of a tuple.</summary>
    Element,
}
