using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <content>What the host computes with floats.</content>
/// <remarks>
/// Numbers of 16 and 32 bits are computed with 64: sums, products, quotients and square roots have more than twice the digits there, so that rounding
/// them once more gives what rounding once would give. Where that does not hold, an operation of 32 bits does it.
/// </remarks>
internal sealed partial class FunctionPlanner
{
    /// <summary>The slot of a float, or of what is made of one; null for other operations.</summary>
    private int? PlanFloat(Operation op)
    {
        var (operands, result) = (op.Operands.ToArray(), op.Results[0]);
        if (!operands.Append(result).Any(v => v.Type is FloatType) || !operands.Append(result).All(IsNumber))
        {
            return null;
        }

        return op switch
        {
            AddFOp => Rounded(result, PlanOperation.AddFloat, operands),
            SubFOp => Rounded(result, PlanOperation.SubtractFloat, operands),
            MulFOp => Rounded(result, PlanOperation.MultiplyFloat, operands),
            DivFOp => Rounded(result, PlanOperation.DivideFloat, operands),
            RemFOp => Rounded(result, PlanOperation.RemainderFloat, operands),
            MinimumFOp => Rounded(result, PlanOperation.MinFloat, operands),
            MaximumFOp => Rounded(result, PlanOperation.MaxFloat, operands),
            MinNumFOp => Rounded(result, PlanOperation.MinNumber, operands),
            MaxNumFOp => Rounded(result, PlanOperation.MaxNumber, operands),
            SqrtOp => Rounded(result, PlanOperation.SquareRoot, operands),
            FloorOp => Rounded(result, PlanOperation.Floor, operands),
            CeilOp => Rounded(result, PlanOperation.Ceiling, operands),
            Dialects.Math.TruncOp => Rounded(result, PlanOperation.Truncate, operands),
            RoundEvenOp => Rounded(result, PlanOperation.RoundEven, operands),
            FmaOp when Width(result) == 64 => Fused(PlanOperation.FusedMultiplyAdd, operands),
            FmaOp when Width(result) == 32 => Fused(PlanOperation.FusedMultiplyAdd32, operands),
            NegFOp => Compute(PlanOperation.Xor, Slot(operands[0]), Constant(SignOf(result))),
            AbsFOp => Compute(PlanOperation.And, Slot(operands[0]), Constant(SignOf(result) - 1)),
            CopySignOp => Compute(
                PlanOperation.Or,
                Compute(PlanOperation.And, Slot(operands[0]), Constant(SignOf(result) - 1)),
                Compute(PlanOperation.And, Slot(operands[1]), Constant(SignOf(result)))
            ),
            ExtFOp or TruncFOp => Round(result, Real(operands[0])),
            BitcastOp => Slot(operands[0]),
            SelectOp select => Compute(
                PlanOperation.Select,
                Slot(select.Condition),
                Slot(select.TrueValue),
                Slot(select.FalseValue)
            ),
            SIToFPOp => FromInteger(
                result,
                Signed(operands[0]),
                PlanOperation.SignedToFloat,
                PlanOperation.SignedToFloat32
            ),
            UIToFPOp => FromInteger(
                result,
                Slot(operands[0]),
                PlanOperation.UnsignedToFloat,
                PlanOperation.UnsignedToFloat32
            ),
            FPToSIOp => Narrow(result, Compute(PlanOperation.FloatToSigned, Real(operands[0]), Constant(0))),
            FPToUIOp => Narrow(result, Compute(PlanOperation.FloatToUnsigned, Real(operands[0]), Constant(0))),
            CmpFOp compare => Compare(compare),
            _ => null,
        };
    }

    private static bool IsNumber(Value value) =>
        value.Type is FloatType { Name: "f16" or "f32" or "f64" } || Bits(value.Type) != 0;

    private static int Width(Value value) => ((FloatType)value.Type).Width;

    private static long SignOf(Value value) => 1L << (Width(value) - 1);

    private int Rounded(Value result, PlanOperation operation, Value[] operands) =>
        Round(result, Compute(operation, Real(operands[0]), Real(operands[^1])));

    private int Fused(PlanOperation operation, Value[] operands) =>
        Compute(operation, Slot(operands[0]), Slot(operands[1]), Slot(operands[2]));

    /// <summary>The number with 64 bits.</summary>
    private int Real(Value value) =>
        Width(value) switch
        {
            16 => Compute(PlanOperation.WidenFloat16, Slot(value), Constant(0)),
            32 => Compute(PlanOperation.WidenFloat32, Slot(value), Constant(0)),
            _ => Slot(value),
        };

    /// <summary>A number of 64 bits as one of the type of <paramref name="result"/>.</summary>
    private int Round(Value result, int real) =>
        Width(result) switch
        {
            16 => Compute(PlanOperation.RoundToFloat16, real, Constant(0)),
            32 => Compute(PlanOperation.RoundToFloat32, real, Constant(0)),
            _ => real,
        };

    // An integer of 64 bits that is rounded twice may miss: of 32 bits there is an operation, and of 16 bits all large ones are infinite.
    private int FromInteger(Value result, int number, PlanOperation wide, PlanOperation narrow) =>
        Width(result) == 32 ? Compute(narrow, number, Constant(0)) : Round(result, Compute(wide, number, Constant(0)));

    private int Compare(CmpFOp op)
    {
        var (a, b) = (Real(op.Lhs), Real(op.Rhs));
        int Less(int x, int y) => Compute(PlanOperation.LessFloat, x, y);
        int LessOrEqual(int x, int y) => Compute(PlanOperation.LessOrEqualFloat, x, y);
        int Not(int truth) => Compute(PlanOperation.Xor, truth, Constant(1));
        int Differ() => Compute(PlanOperation.Or, Less(a, b), Less(b, a));
        int Ordered() => Compute(PlanOperation.Or, LessOrEqual(a, b), LessOrEqual(b, a));
        return op.Predicate switch
        {
            CmpFPredicate.OEq => Compute(PlanOperation.And, LessOrEqual(a, b), LessOrEqual(b, a)),
            CmpFPredicate.OGt => Less(b, a),
            CmpFPredicate.OGe => LessOrEqual(b, a),
            CmpFPredicate.OLt => Less(a, b),
            CmpFPredicate.OLe => LessOrEqual(a, b),
            CmpFPredicate.ONe => Differ(),
            CmpFPredicate.Ord => Ordered(),
            CmpFPredicate.UEq => Not(Differ()),
            CmpFPredicate.UGt => Not(LessOrEqual(a, b)),
            CmpFPredicate.UGe => Not(Less(a, b)),
            CmpFPredicate.ULt => Not(LessOrEqual(b, a)),
            CmpFPredicate.ULe => Not(Less(b, a)),
            CmpFPredicate.UNe => Not(Compute(PlanOperation.And, LessOrEqual(a, b), LessOrEqual(b, a))),
            CmpFPredicate.Uno => Not(Ordered()),
            CmpFPredicate.AlwaysTrue => Constant(1),
            _ => Constant(0),
        };
    }
}
