using Mlir.Dialects;
using Mlir.Dialects.Arith;
using Mlir.IR;
using Mlir.Lowering;

namespace Example;

/// <summary>Multiplications by powers of two become shifts.</summary>
/// <param name="MaxShift">The longest shift to make.</param>
[Pass("multiply-to-shift")]
public sealed partial record MultiplyToShift(int MaxShift = 63) : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context) =>
        GreedyRewriter.Apply(
            op,
            new PatternSet(new SimplifyPattern<MulIOp>(Shift)),
            AllDialects.Registry,
            context.Cancellation
        );

    private Value? Shift(MulIOp op, PatternRewriter r) =>
        op switch
        {
            // x * 2ⁿ → x << n
            { Lhs: var x, Rhs.ConstInt: { } c } when Int128.IsPow2(c) && Int128.Log2(c) <= MaxShift => r.Insert(
                new ShLIOp(op.Location, x, r.Constant(Int128.Log2(c), x.Type))
            ).Result,

            _ => null,
        };
}
