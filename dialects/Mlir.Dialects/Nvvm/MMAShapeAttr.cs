using Mlir.IR.Text;

namespace Mlir.Dialects.Nvvm;

/// <summary>The sizes of a matrix product: <c>m × k</c> times <c>k × n</c>.</summary>
public sealed record MMAShapeAttr : IrAttribute
{
    private MMAShapeAttr(int m, int n, int k) => (M, N, K) = (m, n, k);

    /// <summary>The rows of the left factor.</summary>
    public int M { get; }

    /// <summary>The columns of the right factor.</summary>
    public int N { get; }

    /// <summary>The columns of the left factor.</summary>
    public int K { get; }

    /// <summary>The attribute for these sizes.</summary>
    public static MMAShapeAttr Get(int m, int n, int k) => Intern(new MMAShapeAttr(m, n, k));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write($"#nvvm.shape<m = {M}, n = {N}, k = {K}>");
}
