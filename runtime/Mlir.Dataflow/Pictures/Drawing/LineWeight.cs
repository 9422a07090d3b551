namespace Mlir.Dataflow.Pictures;

/// <summary>How much a line of a label stands out.</summary>
internal enum LineWeight
{
    /// <summary>As the rest.</summary>
    Plain,

    /// <summary>The name by which the user knows the node.</summary>
    Strong,

    /// <summary>More about it.</summary>
    Faint,
}
