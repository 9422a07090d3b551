namespace Mlir.Dialects.Arith;

/// <summary>What the float predicates mean.</summary>
public static class CmpFPredicates
{
    /// <summary>Whether the relation holds.</summary>
    public static bool Holds(this CmpFPredicate predicate, double a, double b) =>
        predicate switch
        {
            CmpFPredicate.AlwaysFalse => false,
            CmpFPredicate.OEq => a == b,
            CmpFPredicate.OGt => a > b,
            CmpFPredicate.OGe => a >= b,
            CmpFPredicate.OLt => a < b,
            CmpFPredicate.OLe => a <= b,
            CmpFPredicate.ONe => a < b || a > b,
            CmpFPredicate.Ord => !double.IsNaN(a) && !double.IsNaN(b),
            CmpFPredicate.UEq => !(a < b || a > b),
            CmpFPredicate.UGt => !(a <= b),
            CmpFPredicate.UGe => !(a < b),
            CmpFPredicate.ULt => !(a >= b),
            CmpFPredicate.ULe => !(a > b),
            CmpFPredicate.UNe => a != b,
            CmpFPredicate.Uno => double.IsNaN(a) || double.IsNaN(b),
            CmpFPredicate.AlwaysTrue => true,
            _ => throw new ArgumentOutOfRangeException(nameof(predicate)),
        };
}
