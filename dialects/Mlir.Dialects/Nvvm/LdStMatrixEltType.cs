namespace Mlir.Dialects.Nvvm;

/// <summary>The elements of a matrix in shared memory.</summary>
[Keyword("#nvvm.ld_st_matrix_elt_type")]
public enum LdStMatrixEltType
{
    /// <summary>Sixteen bits.</summary>
    [Keyword("b16")]
    B16,

    /// <summary>Eight bits.</summary>
    [Keyword("b8")]
    B8,
}
