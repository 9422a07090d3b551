using Mlir.Dialects.Arith;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Scalar arithmetic that is undefined for some operands.</summary>
internal static class ScalarChecks
{
    private const string DivideByZero = "System.DivideByZeroException: Attempted to divide by zero.";
    private const string Overflow = "System.OverflowException: Arithmetic operation resulted in an overflow.";

    /// <summary>What is known about a value from an assertion: it is not zero.</summary>
    private sealed record NonZero(Value Value);

    /// <summary>What is known about a division from an assertion: the quotient fits.</summary>
    private sealed record Fits(Value Dividend, Value Divisor);

    /// <summary>A comparison of floats that an assertion says holds.</summary>
    private sealed record Holds(Value Comparison);

    /// <summary>Whether <paramref name="op"/> divides.</summary>
    public static bool IsDivision(Operation op) =>
        op is DivSIOp or DivUIOp or RemSIOp or RemUIOp or CeilDivSIOp or CeilDivUIOp or FloorDivSIOp;

    private static bool IsSigned(Operation division) => division is DivSIOp or RemSIOp or CeilDivSIOp or FloorDivSIOp;

    /// <summary>Whether <paramref name="op"/> works on whole tensors and has to be checked element by element.</summary>
    public static bool NeedsElements(Operation op) =>
        IsDivision(op)
        && op.Result0.Type is RankedTensorType
        && !(Scalar(op.Operands[1]) is { ConstInt: { } divisor } && divisor != 0 && (divisor != -1 || !IsSigned(op)));

    /// <summary>Checks a division of scalars.</summary>
    public static void CheckDivision(Operation op, ExtentFacts facts)
    {
        var (dividend, divisor) = (op.Operands[0], op.Operands[1]);
        if (op.Result0.Type is RankedTensorType)
        {
            return;
        }

        var emit = new Emitter(new OpBuilder(op), op.Location);
        if (!IsNonZero(divisor, facts))
        {
            var zero = emit.Constant(IntegerAttr.Get(divisor.Type, 0));
            Assert(emit, Compare(emit, divisor, zero, CmpIPredicate.Ne), DivideByZero);
            facts.Learn(new NonZero(divisor));
        }

        var width = Width(dividend.Type);
        var least = -(Int128.One << (width - 1));
        if (!IsSigned(op) || QuotientFits(dividend, divisor, least, facts))
        {
            return;
        }

        var isLeast = Compare(emit, dividend, emit.Constant(IntegerAttr.Get(dividend.Type, least)), CmpIPredicate.Eq);
        var isMinusOne = Compare(emit, divisor, emit.Constant(IntegerAttr.Get(divisor.Type, -1)), CmpIPredicate.Eq);
        var both = emit.Insert(new AndIOp(op.Location, isLeast, isMinusOne)).Result;
        Assert(emit, emit.Insert(new XOrIOp(op.Location, both, emit.Constant(IntegerAttr.True))).Result, Overflow);
        facts.Learn(new Fits(dividend, divisor));
    }

    private static bool IsNonZero(Value value, ExtentFacts facts)
    {
        while (true)
        {
            if (value.ConstInt is { } constant)
            {
                return constant != 0;
            }

            if (facts.Knows(new NonZero(value)))
            {
                return true;
            }

            switch (value.Definer)
            {
                case ExtSIOp wider:
                    value = wider.In;
                    break;
                case ExtUIOp wider:
                    value = wider.In;
                    break;
                default:
                    return false;
            }
        }
    }

    private static bool QuotientFits(Value dividend, Value divisor, Int128 least, ExtentFacts facts) =>
        divisor.ConstInt is { } by && by != -1
        || dividend.ConstInt is { } constant && constant != least
        || dividend.Definer is ExtSIOp or ExtUIOp
        || divisor.Definer is ExtUIOp
        || facts.Knows(new Fits(dividend, divisor));

    /// <summary>Shifts by the low bits of the distance only, as C# does.</summary>
    // shl a, n → shl a, (n & (width - 1))
    public static void LimitShift(Operation op)
    {
        var distance = op.Operands[1];
        var most = Width(ElementwiseCloner.Scalar(distance.Type)) - 1;
        if (IsWithin(distance, most))
        {
            return;
        }

        var emit = new Emitter(new OpBuilder(op), op.Location);
        var mask = Splat(emit, IntegerAttr.Get(ElementwiseCloner.Scalar(distance.Type), most), distance);
        op.SetOperand(1, emit.Insert(new AndIOp(op.Location, distance, mask)).Result);
    }

    /// <summary>Whether <paramref name="value"/> lies between 0 and <paramref name="most"/>: a constant, or masked by one, widened or not.</summary>
    private static bool IsWithin(Value value, int most)
    {
        // Widening and spreading keep what is not negative as it is.
        while (true)
        {
            switch (value.Definer)
            {
                case SplatOp splat:
                    value = splat.Input;
                    break;
                case ExtUIOp wider:
                    value = wider.In;
                    break;
                case ExtSIOp wider:
                    value = wider.In;
                    break;
                case AndIOp and:
                    return IsConstantWithin(and.Lhs, most) || IsConstantWithin(and.Rhs, most);
                default:
                    return IsConstantWithin(value, most);
            }
        }
    }

    private static bool IsConstantWithin(Value value, int most) =>
        Scalar(value)?.ConstInt is { } number && number >= 0 && number <= most;

    /// <summary>Gives 0 for a negative power of zero.</summary>
    // ipowi x, n → ipowi (x = 0 && n < 0 ? 2 : x), n
    public static void LimitPower(Operation op)
    {
        var (x, n) = (op.Operands[0], op.Operands[1]);
        if (Scalar(n)?.ConstInt is { } exponent && exponent >= 0 || Scalar(x)?.ConstInt is { } known && known != 0)
        {
            return;
        }

        var emit = new Emitter(new OpBuilder(op), op.Location);
        var type = ElementwiseCloner.Scalar(x.Type);
        var zero = Splat(emit, IntegerAttr.Get(type, 0), x);
        var undefined = emit.Insert(
            new AndIOp(op.Location, Compare(emit, x, zero, CmpIPredicate.Eq), Compare(emit, n, zero, CmpIPredicate.Slt))
        ).Result;
        op.SetOperand(0, emit.Select(undefined, Splat(emit, IntegerAttr.Get(type, 2), x), x));
    }

    /// <summary>Converts floats in range only; those out of range, and NaN, give 0.</summary>
    // fptosi x → fptosi (low < x < high ? x : 0)
    public static void LimitConversion(Operation op, ExtentFacts facts)
    {
        var value = op.Operands[0];
        var signed = op is FPToSIOp;
        var width = Width(ElementwiseCloner.Scalar(op.Result0.Type));

        // What truncates into range lies between these, both left out: exact in every format that holds them.
        var high = Math.ScaleB(1.0, signed ? width - 1 : width);
        var low = signed ? -high - 1 : -1.0;
        var including = low == -high;
        if (IsLimited(value, low, high, including, facts))
        {
            return;
        }

        var emit = new Emitter(new OpBuilder(op), op.Location);
        var format = (FloatType)ElementwiseCloner.Scalar(value.Type);
        var (bottom, predicate) = Bottom(format, low, high, signed);
        var inside = emit.Insert(
            new AndIOp(
                op.Location,
                CompareFloats(emit, value, Float(emit, format, bottom, value), predicate),
                CompareFloats(emit, value, Float(emit, format, high, value), CmpFPredicate.OLt)
            )
        ).Result;
        op.SetOperand(0, emit.Select(inside, value, Float(emit, format, 0, value)));
    }

    /// <summary>The lower limit as the format can write it; one below a power of two may not be a number of its own.</summary>
    private static (double Bottom, CmpFPredicate Predicate) Bottom(
        FloatType format,
        double low,
        double high,
        bool signed
    )
    {
        if (!signed)
        {
            return (low, CmpFPredicate.OGt);
        }

        // A format that cannot hold -high either (f16, 65536 and above) holds no finite number below it.
        var isExact = FloatFormat.ToDouble(format, FloatFormat.FromDouble(format, low)) == low && low != -high;
        return isExact ? (low, CmpFPredicate.OGt) : (-high, CmpFPredicate.OGe);
    }

    private static bool IsLimited(Value value, double low, double high, bool including, ExtentFacts facts)
    {
        // Comparisons that were asserted, or that a choice depends on whose other side is a harmless constant.
        var (hasLow, hasHigh) = (false, false);
        var compared = value;
        if (value.Definer is SelectOp choice && Scalar(choice.FalseValue)?.ConstFloat is { } other)
        {
            if (!(other > low && other < high))
            {
                return false;
            }

            compared = choice.TrueValue;
            foreach (var conjunct in Conjuncts(choice.Condition))
            {
                Limit(conjunct);
            }
        }

        // An assertion comes right before the conversion, so it is among the latest uses if it is there at all.
        var left = 64;
        foreach (var use in compared.Uses)
        {
            if (left-- == 0)
            {
                break;
            }

            if (use.Owner is CmpFOp comparison && facts.Knows(new Holds(comparison.Result)))
            {
                Limit(comparison.Result);
            }
        }

        return hasLow && hasHigh;

        void Limit(Value conjunct)
        {
            if (
                conjunct.Definer is not CmpFOp comparison
                || !ReferenceEquals(comparison.Lhs, compared)
                || Scalar(comparison.Rhs)?.ConstFloat is not { } limit
            )
            {
                return;
            }

            hasLow |= comparison.Predicate switch
            {
                CmpFPredicate.OGt => limit >= low,
                CmpFPredicate.OGe => limit > low || (including && limit >= low),
                _ => false,
            };
            hasHigh |= comparison.Predicate switch
            {
                CmpFPredicate.OLt => limit <= high,
                CmpFPredicate.OLe => limit < high,
                _ => false,
            };
        }
    }

    /// <summary>Records what an assertion says.</summary>
    public static void Learn(Value condition, ExtentFacts facts)
    {
        foreach (var conjunct in Conjuncts(condition))
        {
            switch (conjunct.Definer)
            {
                case CmpFOp:
                    facts.Learn(new Holds(conjunct));
                    break;
                case CmpIOp { Predicate: CmpIPredicate.Ne, Rhs.ConstInt: { } zero } comparison when zero == 0:
                    facts.Learn(new NonZero(comparison.Lhs));
                    break;
                case CmpIOp { Predicate: CmpIPredicate.Eq, Lhs.Type: IndexType } comparison:
                    facts.LearnEqual(facts.Of(comparison.Lhs), facts.Of(comparison.Rhs));
                    break;
                case CmpIOp { Predicate: CmpIPredicate.Ult, Lhs.Type: IndexType } comparison:
                    facts.Learn(new Below(comparison.Lhs, facts.Of(comparison.Rhs)));
                    break;

                // !(a == least && b == -1)
                case XOrIOp
                {
                    Rhs.ConstInt: { } one,
                    Lhs.Definer: AndIOp
                    {
                        Lhs.Definer: CmpIOp { Predicate: CmpIPredicate.Eq, Rhs.ConstInt: { } least } dividend,
                        Rhs.Definer: CmpIOp { Predicate: CmpIPredicate.Eq, Rhs.ConstInt: { } minusOne } divisor
                    }
                } when one != 0 && minusOne == -1 && least == -(Int128.One << (Width(dividend.Lhs.Type) - 1)):
                    facts.Learn(new Fits(dividend.Lhs, divisor.Lhs));
                    break;
            }
        }
    }

    private static List<Value> Conjuncts(Value condition)
    {
        // Few, or the condition is not one that anyone wrote.
        const int Most = 8;
        var conjuncts = new List<Value> { condition };
        for (var i = 0; i < conjuncts.Count && conjuncts.Count < Most; )
        {
            if (conjuncts[i].Definer is AndIOp both)
            {
                conjuncts[i] = both.Lhs;
                conjuncts.Add(both.Rhs);
            }
            else
            {
                i++;
            }
        }

        return conjuncts;
    }

    /// <summary>The scalar that all elements of <paramref name="value"/> equal, as far as one can be seen: the input of a splat.</summary>
    private static Value? Scalar(Value value) =>
        value.Definer is SplatOp splat ? splat.Input
        : value.ConstScalar is not null ? value
        : null;

    private static int Width(IrType type) => type is IntegerType integer ? integer.Width : 64;

    private static Value Float(Emitter emit, FloatType format, double number, Value like) =>
        Splat(emit, FloatAttr.Get(format, number), like);

    private static Value Splat(Emitter emit, TypedAttr scalar, Value like) =>
        like.Type is RankedTensorType type
            ? emit.Splat(
                emit.Constant(scalar),
                Shapes.DynamicSizes(emit, like),
                RankedTensorType.Get(type.Shape.Span, scalar.Type)
            )
            : emit.Constant(scalar);

    private static Value Compare(Emitter emit, Value a, Value b, CmpIPredicate predicate) =>
        emit.Insert(new CmpIOp(emit.Location, a, b, predicate)).Result;

    private static Value CompareFloats(Emitter emit, Value a, Value b, CmpFPredicate predicate) =>
        emit.Insert(new CmpFOp(emit.Location, a, b, predicate)).Result;

    private static void Assert(Emitter emit, Value condition, string message) =>
        emit.Insert(new Dialects.Cf.AssertOp(emit.Location, condition, message));
}
