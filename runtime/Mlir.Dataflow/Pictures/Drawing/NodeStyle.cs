namespace Mlir.Dataflow.Pictures;

/// <summary>The six ways in which a node is drawn.</summary>
internal enum NodeStyle
{
    /// <summary>An algorithm that runs as it is: an octagon.</summary>
    Algorithm,

    /// <summary>An algorithm that a compiler compiles alone: a red octagon.</summary>
    Compilable,

    /// <summary>Several tasks compiled into one: a red double octagon.</summary>
    Fused,

    /// <summary>A translation: an ellipse.</summary>
    Translation,

    /// <summary>An input or a task's result: a parallelogram.</summary>
    Data,

    /// <summary>Anything else: a circle.</summary>
    Other,
}
