using Mlir.Dialects.Linalg;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;
using MathFma = Mlir.Dialects.Math.FmaOp;

namespace Mlir.Lowering;

/// <summary>
/// A <c>linalg.generic</c> that adds products of elements of two arrays, along loops that both have and the output has not: matrix
/// products, their batched and transposed forms, and what <c>einsum</c> makes of more dimensions.
/// </summary>
/// <remarks>
/// Each output element has rows of its own (loops that only the left factor knows) and columns of its own (only the right one); a
/// product of a matrix and a vector has not, and is a reduction like any other.
/// </remarks>
internal sealed class Contraction
{
    private Contraction(GenericOp op, Value left, Value right)
    {
        (Op, Left, Right) = (op, left, right);
    }

    /// <summary>The operation.</summary>
    public GenericOp Op { get; }

    /// <summary>The value in the body that is the factor from the rows.</summary>
    public Value Left { get; private set; }

    /// <summary>The value in the body that is the factor from the columns.</summary>
    public Value Right { get; private set; }

    /// <summary>Loops that both factors and the output have.</summary>
    public int[] Batch { get; private set; } = [];

    /// <summary>Loops of the left factor and the output, as the output orders them.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>Loops of the right factor and the output, as the output orders them.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>Loops of both factors that are summed over, outermost first.</summary>
    public int[] Reduced { get; private set; } = [];

    /// <summary>The type in which sums are kept.</summary>
    public IrType Accumulator => Op.OutputElement(0).Type;

    /// <summary>The operation as a contraction, or null when it is none.</summary>
    public static Contraction? Find(GenericOp op)
    {
        if (
            op.Outputs.Count != 1
            || op.BodyBlock.Last!.Operands[0].Definer is not { } sum
            || !ReferenceEquals(sum.Block, op.BodyBlock)
            || !op.OutputElement(0).HasOneUse
            || FactorsOf(sum, op.OutputElement(0)) is not ({ } left, { } right)
        )
        {
            return null;
        }

        var kinds = op.IteratorKinds;
        var (inLeft, inRight) = (new bool[kinds.Length], new bool[kinds.Length]);
        if (!MarkLoops(op, left, inLeft) || !MarkLoops(op, right, inRight) || !op.OutputMap(0).IsProjectedPermutation)
        {
            return null;
        }

        var order = op.OutputMap(0).Results.Select(r => ((AffineDimExpr)r).Position).ToArray();
        var reduced = Enumerable.Range(0, kinds.Length).Where(d => kinds[d] == IteratorType.Reduction).ToArray();
        var found = new Contraction(op, left, right)
        {
            Batch = [.. order.Where(d => inLeft[d] && inRight[d])],
            Rows = [.. order.Where(d => inLeft[d] && !inRight[d])],
            Columns = [.. order.Where(d => !inLeft[d] && inRight[d])],
            Reduced = reduced,
        };
        if (
            order.Length + reduced.Length != kinds.Length
            || order.Any(d => !inLeft[d] && !inRight[d])
            || reduced.Length == 0
            || reduced.Any(d => !inLeft[d] || !inRight[d])
            || order.Any(d => kinds[d] == IteratorType.Reduction)
            || found.Rows.Length == 0
            || found.Columns.Length == 0
        )
        {
            return null;
        }

        // Vectors go along the last dimension of the output.
        if (found.Rows.Contains(order[^1]))
        {
            (found.Left, found.Right) = (found.Right, found.Left);
            (found.Rows, found.Columns) = (found.Columns, found.Rows);
        }

        return found;
    }

    /// <summary>Makes the body round each product and sum once: what a sum of products means, whoever computes it.</summary>
    // addf(%c, mulf(%a, %b)) → math.fma(%a, %b, %c)
    public void RoundOnce()
    {
        var yield = Op.BodyBlock.Last!;
        if (yield.Operands[0].Definer is not Arith.AddFOp sum)
        {
            return;
        }

        var product = (sum.Lhs.Definer as Arith.MulFOp) ?? (Arith.MulFOp)sum.Rhs.Definer!;
        var builder = new OpBuilder(sum);
        var fused = builder.Insert(new MathFma(sum.Location, Left, Right, Op.OutputElement(0)));
        yield.SetOperand(0, fused.Result);
        sum.Erase();
        product.Erase();
    }

    /// <summary>The operations of the body that compute <paramref name="factor"/>, in order.</summary>
    public List<Operation> StepsTo(Value factor)
    {
        var needed = new HashSet<Operation>(ReferenceEqualityComparer.Instance);
        Visit(factor);
        return [.. Op.BodyBlock.Operations.Where(needed.Contains)];

        void Visit(Value value)
        {
            if (value.Definer is { } op && ReferenceEquals(op.Block, Op.BodyBlock) && needed.Add(op))
            {
                foreach (var operand in op.Operands)
                {
                    Visit(operand);
                }
            }
        }
    }

    private static (Value? Left, Value? Right) FactorsOf(Operation sum, Value accumulator)
    {
        switch (sum)
        {
            case MathFma fma when ReferenceEquals(fma.C, accumulator):
                return (fma.A, fma.B);
            case Arith.AddFOp or Arith.AddIOp:
                var other =
                    ReferenceEquals(sum.Operands[0], accumulator) ? sum.Operands[1]
                    : ReferenceEquals(sum.Operands[1], accumulator) ? sum.Operands[0]
                    : null;
                return other is { HasOneUse: true, Definer: Arith.MulFOp or Arith.MulIOp }
                    ? (other.Definer.Operands[0], other.Definer.Operands[1])
                    : (null, null);
            default:
                return (null, null);
        }
    }

    /// <summary>Marks the loops that <paramref name="factor"/> depends on; false when it is more than arithmetic on elements.</summary>
    private static bool MarkLoops(GenericOp op, Value factor, bool[] loops)
    {
        if (factor is BlockArgument argument && ReferenceEquals(argument.ParentBlock, op.BodyBlock))
        {
            if (argument.Index >= op.Inputs.Count || !op.MapOf(argument.Index).IsProjectedPermutation)
            {
                return false;
            }

            foreach (var result in op.MapOf(argument.Index).Results)
            {
                loops[((AffineDimExpr)result).Position] = true;
            }

            return true;
        }

        if (factor.Definer is not { } definer || !ReferenceEquals(definer.Block, op.BodyBlock))
        {
            return true;
        }

        if (definer is not IConstantLike and not (IPure and IElementwise) || definer.Regions.Count > 0)
        {
            return false;
        }

        foreach (var operand in definer.Operands)
        {
            if (!MarkLoops(op, operand, loops))
            {
                return false;
            }
        }

        return true;
    }
}
