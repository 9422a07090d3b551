using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An integer expression over dimensions and symbols, as in <c>affine_map&lt;(d0)[s0] -> (d0 + s0 * 2)&gt;</c>.</summary>
public abstract record AffineExpr
{
    private protected AffineExpr() { }

    /// <summary>Dimension number <paramref name="position"/>.</summary>
    public static AffineExpr Dim(int position) => new AffineDimExpr(position);

    /// <summary>Symbol number <paramref name="position"/>.</summary>
    public static AffineExpr Symbol(int position) => new AffineSymbolExpr(position);

    /// <summary>The constant <paramref name="value"/>.</summary>
    public static AffineExpr Constant(long value) => new AffineConstantExpr(value);

    /// <summary>The expression <paramref name="kind"/> of two operands, simplified where that is immediate.</summary>
    public static AffineExpr Binary(AffineBinaryKind kind, AffineExpr left, AffineExpr right)
    {
        if (
            (left, right) is (AffineConstantExpr { Value: var a }, AffineConstantExpr { Value: var b })
            && (kind < AffineBinaryKind.FloorDiv || b > 0)
        )
        {
            return Constant(Apply(kind, a, b));
        }

        // Constants go to the right, as in MLIR, so that one order has to be looked at.
        if (
            left is AffineConstantExpr
            && kind is AffineBinaryKind.Add or AffineBinaryKind.Mul
            && right is not AffineConstantExpr
        )
        {
            (left, right) = (right, left);
        }

        return (kind, right) switch
        {
            (AffineBinaryKind.Add, AffineConstantExpr { Value: 0 }) => left,
            (AffineBinaryKind.Mul, AffineConstantExpr { Value: 1 }) => left,
            (AffineBinaryKind.Mul, AffineConstantExpr { Value: 0 }) => right,
            (AffineBinaryKind.FloorDiv or AffineBinaryKind.CeilDiv, AffineConstantExpr { Value: 1 }) => left,
            (AffineBinaryKind.Mod, AffineConstantExpr { Value: 1 }) => Constant(0),

            // (x + a) + b → x + (a + b), (x * a) * b → x * (a * b)
            (AffineBinaryKind.Add or AffineBinaryKind.Mul, AffineConstantExpr outer)
                when left is AffineBinaryExpr { Right: AffineConstantExpr inner } nested && nested.Kind == kind =>
                Binary(kind, nested.Left, Constant(Apply(kind, inner.Value, outer.Value))),
            _ => new AffineBinaryExpr(kind, left, right),
        };
    }

    /// <summary>The sum.</summary>
    public static AffineExpr operator +(AffineExpr left, AffineExpr right) => Binary(AffineBinaryKind.Add, left, right);

    /// <summary>The product.</summary>
    public static AffineExpr operator *(AffineExpr left, AffineExpr right) => Binary(AffineBinaryKind.Mul, left, right);

    /// <summary>The value for given dimensions and symbols.</summary>
    /// <exception cref="DivideByZeroException">A divisor is not positive.</exception>
    public long Evaluate(ReadOnlySpan<long> dims, ReadOnlySpan<long> symbols = default) =>
        this switch
        {
            AffineDimExpr d => dims[d.Position],
            AffineSymbolExpr s => symbols[s.Position],
            AffineConstantExpr c => c.Value,
            AffineBinaryExpr b => Apply(b.Kind, b.Left.Evaluate(dims, symbols), b.Right.Evaluate(dims, symbols)),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>The expression with each dimension and symbol replaced.</summary>
    public AffineExpr Replace(ReadOnlySpan<AffineExpr> dims, ReadOnlySpan<AffineExpr> symbols) =>
        this switch
        {
            AffineDimExpr d => dims[d.Position],
            AffineSymbolExpr s => symbols[s.Position],
            AffineBinaryExpr b => Binary(b.Kind, b.Left.Replace(dims, symbols), b.Right.Replace(dims, symbols)),
            _ => this,
        };

    /// <summary>Whether dimension <paramref name="position"/> occurs.</summary>
    public bool UsesDim(int position) =>
        this switch
        {
            AffineDimExpr d => d.Position == position,
            AffineBinaryExpr b => b.Left.UsesDim(position) || b.Right.UsesDim(position),
            _ => false,
        };

    /// <summary>The expression in MLIR's syntax.</summary>
    public sealed override string ToString() => AsmPrinter.ToText(this);

    private static long Apply(AffineBinaryKind kind, long a, long b) =>
        kind switch
        {
            AffineBinaryKind.Add => unchecked(a + b),
            AffineBinaryKind.Mul => unchecked(a * b),
            _ when b <= 0 => throw new DivideByZeroException("an affine division needs a positive divisor"),
            AffineBinaryKind.FloorDiv => a >= 0 ? a / b : -((-a - 1) / b) - 1,
            AffineBinaryKind.CeilDiv => a > 0 ? (a - 1) / b + 1 : -(-a / b),
            AffineBinaryKind.Mod => (a % b + b) % b,
            _ => throw new InvalidOperationException(),
        };
}
