using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Moves pure operations whose operands come from outside a loop in front of it.</summary>
[Pass("loop-invariant-code-motion")]
public sealed partial record LoopInvariantCodeMotion : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        // Inner loops first: what leaves one may leave the next one too.
        foreach (var loop in op.WalkPostOrder().Where(o => o is ILoopLike).ToList())
        {
            var body = ((ILoopLike)loop).LoopBody;
            foreach (var inner in body.Blocks.SelectMany(b => b.Operations).ToList())
            {
                if (CanMove(inner) && inner.Operands.All(v => IsOutside(v, body)))
                {
                    inner.MoveBefore(loop);
                }
            }
        }
    }

    /// <summary>Operations with regions stay: what is inside them may use values of the loop. So do those that fail for some operands.</summary>
    private static bool CanMove(Operation op) =>
        op is IPure and not ITerminator
        && op.Regions.Count == 0
        && (
            op.Name
                is not (
                    "arith.divsi"
                    or "arith.divui"
                    or "arith.remsi"
                    or "arith.remui"
                    or "arith.ceildivsi"
                    or "arith.ceildivui"
                    or "arith.floordivsi"
                )
            || op.Operands[1].ConstInt is { } divisor && divisor != 0 && divisor != -1
        );

    private static bool IsOutside(Value value, Region body) =>
        value.ParentBlock?.Parent is { } region && !region.IsWithin(body);
}
