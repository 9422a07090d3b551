using Mlir.Dialects.Arith;
using Mlir.Dialects.Func;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Uses what <c>fastmath</c> allows, and takes the flags away: whoever runs what is left, on whatever target, gets the same bits.
/// </summary>
/// <example><code>
/// %p = arith.mulf %a, %b fastmath&lt;contract> : f64
/// %r = arith.addf %p, %c fastmath&lt;contract> : f64
/// →
/// %r = math.fma %a, %b, %c : f64
/// </code></example>
[Pass("take-liberties")]
public sealed partial record TakeLiberties : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        var flagged = op.Walk().Where(o => RelaxFloats.Of(o) != FastMathFlags.None).ToList();
        foreach (var inner in flagged)
        {
            if (Replace(inner) is { } value)
            {
                inner.Result0.ReplaceAllUsesWith(value);
                inner.Erase();
            }
        }

        foreach (var inner in op.Walk().Where(o => RelaxFloats.Of(o) != FastMathFlags.None).ToList())
        {
            if (inner is MulFOp { Result.IsUnused: true })
            {
                inner.Erase();
            }
            else
            {
                inner.SetAttribute(RelaxFloats.Attribute, EnumAttr<FastMathFlags>.Get(FastMathFlags.None));
            }
        }
    }

    private static Value? Replace(Operation op)
    {
        var builder = new OpBuilder(op);
        Value Fma(Value a, Value b, Value c) => builder.Insert(new FmaOp(op.Location, a, b, c)).Result;
        Value Negate(Value a) => builder.Insert(new NegFOp(op.Location, a)).Result;
        return op switch
        {
            // a b + c and c + a b → fma(a, b, c)
            AddFOp { Lhs: var l, Rhs: var c } when Product(l, op) is { } p => Fma(p.Lhs, p.Rhs, c),
            AddFOp { Lhs: var c, Rhs: var r } when Product(r, op) is { } p => Fma(p.Lhs, p.Rhs, c),

            // a b − c → fma(a, b, −c)
            SubFOp { Lhs: var l, Rhs: var c } when Product(l, op) is { } p => Fma(p.Lhs, p.Rhs, Negate(c)),

            // c − a b → fma(−a, b, c)
            SubFOp { Lhs: var c, Rhs: var r } when Product(r, op) is { } p => Fma(Negate(p.Lhs), p.Rhs, c),
            _ => null,
        };
    }

    /// <summary>A product that may be fused into <paramref name="sum"/>, its only user.</summary>
    private static MulFOp? Product(Value value, Operation sum) =>
        value.Definer is MulFOp product
        && value.HasOneUse
        && ReferenceEquals(product.Block, sum.Block)
        && product.Fastmath.HasFlag(FastMathFlags.Contract)
        && RelaxFloats.Of(sum).HasFlag(FastMathFlags.Contract)
            ? product
            : null;
}
