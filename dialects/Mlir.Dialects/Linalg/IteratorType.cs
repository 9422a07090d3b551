namespace Mlir.Dialects.Linalg;

/// <summary>What the iterations along one loop of a structured operation may do to each other.</summary>
[Keyword("#linalg.iterator_type")]
public enum IteratorType
{
    /// <summary>They are independent.</summary>
    [Keyword("parallel")]
    Parallel,

    /// <summary>They combine into one element of the result.</summary>
    [Keyword("reduction")]
    Reduction,

    /// <summary>A window slides.</summary>
    [Keyword("window")]
    Window,
}
