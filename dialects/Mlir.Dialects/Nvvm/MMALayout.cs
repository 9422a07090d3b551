namespace Mlir.Dialects.Nvvm;

/// <summary>How the elements of a matrix lie.</summary>
[Keyword("#nvvm.mma_layout")]
public enum MMALayout
{
    /// <summary>Rows, one after the other.</summary>
    [Keyword("row")]
    Row,

    /// <summary>Columns, one after the other.</summary>
    [Keyword("col")]
    Col,
}
