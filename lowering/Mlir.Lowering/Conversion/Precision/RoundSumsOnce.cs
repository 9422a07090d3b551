using Mlir.Dialects.Arith;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// A reduction that adds products rounds each product once, together with its sum, as products of matrices do: the sum is nearer to the exact one,
/// and half of the additions are free.
/// </summary>
/// <example><code>
/// ^bb0(%a: f64, %b: f64, %sum: f64):
///   %p = arith.mulf %a, %b : f64
///   %r = arith.addf %sum, %p : f64
/// →
/// ^bb0(%a: f64, %b: f64, %sum: f64):
///   %r = math.fma %a, %b, %sum : f64
/// </code></example>
[Pass("round-sums-once")]
public sealed partial record RoundSumsOnce : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var generic in op.Walk().OfType<GenericOp>().ToList())
        {
            if (generic.IteratorKinds.All(k => k == IteratorType.Parallel))
            {
                continue;
            }

            for (var i = 0; i < generic.Outputs.Count; i++)
            {
                RoundOnce(generic, i);
            }
        }
    }

    private static void RoundOnce(GenericOp op, int output)
    {
        var accumulator = op.OutputElement(output);
        if (
            accumulator is not { HasOneUse: true, Type: FloatType { Name: "f32" or "f64" } }
            || op.BodyBlock.Last!.Operands[output] is not { HasOneUse: true, Definer: AddFOp sum }
            || !ReferenceEquals(accumulator.FirstUse!.Owner, sum)
            || (ReferenceEquals(sum.Lhs, accumulator) ? sum.Rhs : sum.Lhs)
                is not { HasOneUse: true, Definer: MulFOp product }
            || !ReferenceEquals(product.Block, sum.Block)
        )
        {
            return;
        }

        var fused = new OpBuilder(sum).Insert(new FmaOp(sum.Location, product.Lhs, product.Rhs, accumulator));
        sum.Result.ReplaceAllUsesWith(fused.Result);
        sum.Erase();
        product.Erase();
    }
}
