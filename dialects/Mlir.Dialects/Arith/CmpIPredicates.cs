namespace Mlir.Dialects.Arith;

/// <summary>What the integer predicates mean.</summary>
public static class CmpIPredicates
{
    /// <summary>Whether the relation holds between sign-extended numbers of <paramref name="width"/> bits.</summary>
    public static bool Holds(this CmpIPredicate predicate, Int128 a, Int128 b, int width) =>
        predicate switch
        {
            CmpIPredicate.Eq => a == b,
            CmpIPredicate.Ne => a != b,
            CmpIPredicate.Slt => a < b,
            CmpIPredicate.Sle => a <= b,
            CmpIPredicate.Sgt => a > b,
            CmpIPredicate.Sge => a >= b,
            CmpIPredicate.Ult => IntegerMath.Unsigned(a, width) < IntegerMath.Unsigned(b, width),
            CmpIPredicate.Ule => IntegerMath.Unsigned(a, width) <= IntegerMath.Unsigned(b, width),
            CmpIPredicate.Ugt => IntegerMath.Unsigned(a, width) > IntegerMath.Unsigned(b, width),
            CmpIPredicate.Uge => IntegerMath.Unsigned(a, width) >= IntegerMath.Unsigned(b, width),
            _ => throw new ArgumentOutOfRangeException(nameof(predicate)),
        };

    /// <summary>Whether the relation holds between a number and itself.</summary>
    public static bool HoldsForEqual(this CmpIPredicate predicate) => predicate.Holds(0, 0, 1);
}
