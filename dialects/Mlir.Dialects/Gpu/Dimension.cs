namespace Mlir.Dialects.Gpu;

/// <summary>One of the three dimensions of grids and blocks.</summary>
[Keyword("#gpu<dim")]
public enum Dimension
{
    /// <summary>The fastest one.</summary>
    [Keyword("x")]
    X,

    /// <summary>The middle one.</summary>
    [Keyword("y")]
    Y,

    /// <summary>The slowest one.</summary>
    [Keyword("z")]
    Z,
}
