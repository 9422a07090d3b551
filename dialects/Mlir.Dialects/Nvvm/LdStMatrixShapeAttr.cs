using Mlir.IR.Text;

namespace Mlir.Dialects.Nvvm;

/// <summary>The sizes of a matrix that a warp loads at once.</summary>
public sealed record LdStMatrixShapeAttr : IrAttribute
{
    private LdStMatrixShapeAttr(int m, int n) => (M, N) = (m, n);

    /// <summary>The rows.</summary>
    public int M { get; }

    /// <summary>The columns.</summary>
    public int N { get; }

    /// <summary>The attribute for these sizes.</summary>
    public static LdStMatrixShapeAttr Get(int m, int n) => Intern(new LdStMatrixShapeAttr(m, n));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write($"#nvvm.ld_st_matrix_shape<m = {M}, n = {N}>");
}
