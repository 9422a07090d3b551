using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Identities of <c>arith</c> that need no analysis.</summary>
internal static class ArithSimplifications
{
    [Simplify]
    public static Value? AddI(AddIOp op, PatternRewriter r) =>
        op switch
        {
            // (x + a) + b → x + (a + b)
            { Lhs.Definer: AddIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new AddIOp(op.Location, x, r.Constant(a + b, x.Type))
            ).Result,

            // (x - a) + b → x + (b - a)
            { Lhs.Definer: SubIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new AddIOp(op.Location, x, r.Constant(b - a, x.Type))
            ).Result,

            // (x - y) + y → x
            { Lhs.Definer: SubIOp { Lhs: var x, Rhs: var y }, Rhs: var z } when ReferenceEquals(y, z) => x,

            // a + x → x + a
            { Lhs.ConstInt: not null, Rhs: { ConstInt: null } x } => r.Insert(
                new AddIOp(op.Location, x, op.Lhs)
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? SubI(SubIOp op, PatternRewriter r) =>
        op switch
        {
            // (x + y) - y → x, (y + x) - y → x
            { Lhs.Definer: AddIOp { Lhs: var x, Rhs: var y }, Rhs: var z } when ReferenceEquals(y, z) => x,
            { Lhs.Definer: AddIOp { Lhs: var y, Rhs: var x }, Rhs: var z } when ReferenceEquals(y, z) => x,

            // (x - a) - b → x - (a + b)
            { Lhs.Definer: SubIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new SubIOp(op.Location, x, r.Constant(a + b, x.Type))
            ).Result,

            // (x + a) - b → x + (a - b)
            { Lhs.Definer: AddIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new AddIOp(op.Location, x, r.Constant(a - b, x.Type))
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? MulI(MulIOp op, PatternRewriter r) =>
        op switch
        {
            // (x · a) · b → x · (a · b)
            { Lhs.Definer: MulIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new MulIOp(op.Location, x, r.Constant(unchecked(a * b), x.Type))
            ).Result,

            // a · x → x · a
            { Lhs.ConstInt: not null, Rhs: { ConstInt: null } x } => r.Insert(
                new MulIOp(op.Location, x, op.Lhs)
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? XOrI(XOrIOp op, PatternRewriter r) =>
        op switch
        {
            // (x ^ a) ^ b → x ^ (a ^ b)
            { Lhs.Definer: XOrIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => a == b
                ? x
                : r.Insert(new XOrIOp(op.Location, x, r.Constant(a ^ b, x.Type))).Result,

            // !(x < y) → x >= y for integers, which always compare one way or the other
            { Lhs.Definer: CmpIOp { } compare, Rhs.ConstInt: { } ones } when ones == -1 => r.Insert(
                new CmpIOp(op.Location, compare.Lhs, compare.Rhs, Opposite(compare.Predicate))
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? AndI(AndIOp op, PatternRewriter r) =>
        op switch
        {
            // (x & a) & b → x & (a & b)
            { Lhs.Definer: AndIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new AndIOp(op.Location, x, r.Constant(a & b, x.Type))
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? OrI(OrIOp op, PatternRewriter r) =>
        op switch
        {
            // (x | a) | b → x | (a | b)
            { Lhs.Definer: OrIOp { Lhs: var x, Rhs.ConstInt: { } a }, Rhs.ConstInt: { } b } => r.Insert(
                new OrIOp(op.Location, x, r.Constant(a | b, x.Type))
            ).Result,

            _ => null,
        };

    [Simplify]
    public static Value? NegF(NegFOp op, PatternRewriter r) =>
        op switch
        {
            // -(-x) → x
            { Operand.Definer: NegFOp { Operand: var x } } => x,

            _ => null,
        };

    [Simplify]
    public static Value? Select(SelectOp op, PatternRewriter r) =>
        op switch
        {
            // c ? true : false → c
            { TrueValue.ConstInt: { } yes, FalseValue.ConstInt: { } no, Condition: var c }
                when yes == -1 && no == 0 && c.Type == op.Result.Type => c,

            // c ? false : true → !c
            { TrueValue.ConstInt: { } yes, FalseValue.ConstInt: { } no, Condition: var c }
                when yes == 0 && no == -1 && c.Type == op.Result.Type => r.Insert(
                new XOrIOp(op.Location, c, op.FalseValue)
            ).Result,

            // !c ? x : y → c ? y : x
            { Condition.Definer: XOrIOp { Lhs: var c, Rhs.ConstInt: { } ones }, TrueValue: var x, FalseValue: var y }
                when ones == -1 => r.Insert(new SelectOp(op.Location, c, y, x)).Result,

            // c ? (c ? x : y) : z → c ? x : z
            {
                TrueValue.Definer: SelectOp { Condition: var inner, TrueValue: var x },
                Condition: var c,
                FalseValue: var z
            } when ReferenceEquals(inner, c) => r.Insert(new SelectOp(op.Location, c, x, z)).Result,

            _ => null,
        };

    [Simplify]
    public static Value? TruncI(TruncIOp op, PatternRewriter r) =>
        op switch
        {
            // trunc(ext x) → x of the same type
            { In.Definer: ExtSIOp { In: var x } } when x.Type == op.Out.Type => x,
            { In.Definer: ExtUIOp { In: var x } } when x.Type == op.Out.Type => x,

            // trunc(trunc x) → trunc x
            { In.Definer: TruncIOp { In: var x } } => r.Insert(new TruncIOp(op.Location, x, op.Out.Type)).Out,

            _ => null,
        };

    [Simplify]
    public static Value? TruncF(TruncFOp op, PatternRewriter r) =>
        op switch
        {
            // trunc(ext x) → x of the same type
            { In.Definer: ExtFOp { In: var x } } when x.Type == op.Out.Type => x,

            _ => null,
        };

    [Simplify]
    public static Value? IndexCast(IndexCastOp op, PatternRewriter r) =>
        op switch
        {
            // index → i64 → index and back lose nothing
            {
                In: { Type: IntegerType { Width: 64 }, Definer: IndexCastOp { In: { Type: IndexType } x } },
                Out.Type: IndexType
            } => x,
            { In: { Type: IndexType, Definer: IndexCastOp { In: var x } } } when x.Type == op.Out.Type => x,

            _ => null,
        };

    private static CmpIPredicate Opposite(CmpIPredicate predicate) =>
        predicate switch
        {
            CmpIPredicate.Eq => CmpIPredicate.Ne,
            CmpIPredicate.Ne => CmpIPredicate.Eq,
            CmpIPredicate.Slt => CmpIPredicate.Sge,
            CmpIPredicate.Sge => CmpIPredicate.Slt,
            CmpIPredicate.Sgt => CmpIPredicate.Sle,
            CmpIPredicate.Sle => CmpIPredicate.Sgt,
            CmpIPredicate.Ult => CmpIPredicate.Uge,
            CmpIPredicate.Uge => CmpIPredicate.Ult,
            CmpIPredicate.Ugt => CmpIPredicate.Ule,
            _ => CmpIPredicate.Ugt,
        };
}
