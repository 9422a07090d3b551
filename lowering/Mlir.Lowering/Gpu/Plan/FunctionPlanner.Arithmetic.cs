using Mlir.Dialects.Arith;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <content>Sizes, and what the host computes with them.</content>
internal sealed partial class FunctionPlanner
{
    private int Constant(long value)
    {
        if (!_constants.TryGetValue(value, out var slot))
        {
            _constants[value] = slot = _slotCount++;
        }

        return slot;
    }

    private int Slot(Value value)
    {
        if (_slots.TryGetValue(value, out var slot))
        {
            return slot;
        }

        return value.Definer is ConstantOp { Value: var constant }
            ? Constant(
                constant switch
                {
                    IntegerAttr { Type: IndexType } number => (long)number.Value,
                    IntegerAttr number => unchecked((long)(ulong)number.Bits),
                    FloatAttr number => unchecked((long)(ulong)number.Bits),
                    _ => throw Refuse(value.Definer, "a constant that is no number"),
                }
            )
            : throw Refuse(value.Definer ?? function, "a value that only kernels compute");
    }

    private int Compute(PlanOperation operation, int first, int second, int third = 0)
    {
        var target = _slotCount++;
        _steps.Add(new ComputeStep(target, operation, first, second, third));
        return target;
    }

    private int Product(int[] sizes) =>
        sizes.Length == 0 ? Constant(1) : sizes.Aggregate((a, b) => Compute(PlanOperation.Multiply, a, b));

    /// <summary>The slots of an array's sizes.</summary>
    private int[] Sizes(Value array) =>
        _sizes.GetValueOrDefault(array)
        ?? array.Definer switch
        {
            CastOp cast => Sizes(cast.Source),
            CollapseShapeOp collapse => Collapsed(collapse),
            ExpandShapeOp expand => Mixed(expand.StaticOutputShape.Values.Span, expand.OutputShape),
            SubViewOp view when ((MemRefType)view.Result.Type).Rank == view.StaticSizes.Values.Count => Mixed(
                view.StaticSizes.Values.Span,
                view.Sizes
            ),
            ReinterpretCastOp cast => Mixed(cast.StaticSizes.Values.Span, cast.Sizes),
            var other => throw Refuse(other ?? function, "the sizes of such an array"),
        };

    private int[] Collapsed(CollapseShapeOp collapse)
    {
        var sizes = Sizes(collapse.Src);
        return [.. collapse.Groups.Select(group => Product([.. group.Select(dim => sizes[dim])]))];
    }

    private int[] Mixed(ReadOnlySpan<long> known, OperandList open)
    {
        var sizes = new int[known.Length];
        var next = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = known[i] == ShapedType.Dynamic ? Slot(open[next++]) : Constant(known[i]);
        }

        return sizes;
    }

    private void AddArithmetic(Operation op)
    {
        if (op is ConstantOp || op.Results.All(r => r.IsUnused))
        {
            return;
        }

        if (op.Results.Count == 1 && PlanFloat(op) is { } real)
        {
            _slots[op.Results[0]] = real;
            return;
        }

        if (op.Results.Count != 1 || op.Operands.ToArray().Append(op.Results[0]).Any(v => Bits(v.Type) == 0))
        {
            throw Refuse(op, "which the host would have to compute");
        }

        var operands = op.Operands.ToArray();
        _slots[op.Results[0]] = op switch
        {
            AddIOp => Wrap(op, PlanOperation.Add),
            SubIOp => Wrap(op, PlanOperation.Subtract),
            MulIOp => Wrap(op, PlanOperation.Multiply),
            ShLIOp => Wrap(op, PlanOperation.ShiftLeft),
            AndIOp => Plain(op, PlanOperation.And),
            OrIOp => Plain(op, PlanOperation.Or),
            XOrIOp => Plain(op, PlanOperation.Xor),
            ShRUIOp => Plain(op, PlanOperation.ShiftRightUnsigned),
            DivUIOp => Plain(op, PlanOperation.DivideUnsigned),
            RemUIOp => Plain(op, PlanOperation.RemainderUnsigned),
            MinUIOp => Plain(op, PlanOperation.MinUnsigned),
            MaxUIOp => Plain(op, PlanOperation.MaxUnsigned),
            ShRSIOp => Narrow(
                op.Results[0],
                Compute(PlanOperation.ShiftRightSigned, Signed(operands[0]), Slot(operands[1]))
            ),
            DivSIOp => OfSigned(op, PlanOperation.DivideSigned),
            RemSIOp => OfSigned(op, PlanOperation.RemainderSigned),
            MinSIOp => OfSigned(op, PlanOperation.MinSigned),
            MaxSIOp => OfSigned(op, PlanOperation.MaxSigned),
            CeilDivSIOp => Rounded(op, up: true),
            FloorDivSIOp => Rounded(op, up: false),
            CeilDivUIOp => RoundedUp(op),
            CmpIOp compare => Compare(compare),
            SelectOp select => Compute(
                PlanOperation.Select,
                Slot(select.Condition),
                Slot(select.TrueValue),
                Slot(select.FalseValue)
            ),
            ExtSIOp or IndexCastOp => Narrow(op.Results[0], Signed(operands[0])),
            ExtUIOp or IndexCastUIOp or TruncIOp => Narrow(op.Results[0], Slot(operands[0])),
            _ => throw Refuse(op, "which the host would have to compute"),
        };
    }

    private int Plain(Operation op, PlanOperation operation) =>
        Compute(operation, Slot(op.Operands[0]), Slot(op.Operands[1]));

    private int Wrap(Operation op, PlanOperation operation) => Narrow(op.Results[0], Plain(op, operation));

    private int OfSigned(Operation op, PlanOperation operation) =>
        Narrow(op.Results[0], Compute(operation, Signed(op.Operands[0]), Signed(op.Operands[1])));

    // a / b + (a % b ≠ 0 and the signs of a % b and b agree);  a / b - (a % b ≠ 0 and they differ)
    private int Rounded(Operation op, bool up)
    {
        var (a, b) = (Signed(op.Operands[0]), Signed(op.Operands[1]));
        var remainder = Compute(PlanOperation.RemainderSigned, a, b);
        var differ = Compute(PlanOperation.LessSigned, Compute(PlanOperation.Xor, remainder, b), Constant(0));
        var adjusts = up ? Compute(PlanOperation.Equal, differ, Constant(0)) : differ;
        var adjust = Compute(PlanOperation.And, Compute(PlanOperation.NotEqual, remainder, Constant(0)), adjusts);
        var quotient = Compute(PlanOperation.DivideSigned, a, b);
        return Narrow(op.Results[0], Compute(up ? PlanOperation.Add : PlanOperation.Subtract, quotient, adjust));
    }

    private int RoundedUp(Operation op)
    {
        var inexact = Compute(PlanOperation.NotEqual, Plain(op, PlanOperation.RemainderUnsigned), Constant(0));
        return Compute(PlanOperation.Add, Plain(op, PlanOperation.DivideUnsigned), inexact);
    }

    private int Compare(CmpIOp op)
    {
        var (a, b) = (op.Lhs, op.Rhs);
        return op.Predicate switch
        {
            CmpIPredicate.Eq => Compute(PlanOperation.Equal, Slot(a), Slot(b)),
            CmpIPredicate.Ne => Compute(PlanOperation.NotEqual, Slot(a), Slot(b)),
            CmpIPredicate.Slt => Compute(PlanOperation.LessSigned, Signed(a), Signed(b)),
            CmpIPredicate.Sle => Compute(PlanOperation.LessOrEqualSigned, Signed(a), Signed(b)),
            CmpIPredicate.Sgt => Compute(PlanOperation.LessSigned, Signed(b), Signed(a)),
            CmpIPredicate.Sge => Compute(PlanOperation.LessOrEqualSigned, Signed(b), Signed(a)),
            CmpIPredicate.Ult => Compute(PlanOperation.LessUnsigned, Slot(a), Slot(b)),
            CmpIPredicate.Ule => Compute(PlanOperation.LessOrEqualUnsigned, Slot(a), Slot(b)),
            CmpIPredicate.Ugt => Compute(PlanOperation.LessUnsigned, Slot(b), Slot(a)),
            _ => Compute(PlanOperation.LessOrEqualUnsigned, Slot(b), Slot(a)),
        };
    }

    /// <summary>The number with its sign in all 64 bits.</summary>
    private int Signed(Value value) =>
        Bits(value.Type) is < 64 and var bits
            ? Compute(PlanOperation.SignExtend, Slot(value), Constant(bits))
            : Slot(value);

    /// <summary>The number without bits above those of its type.</summary>
    private int Narrow(Value result, int slot) =>
        Bits(result.Type) is < 64 and var bits ? Compute(PlanOperation.ZeroExtend, slot, Constant(bits)) : slot;

    private static int Bits(IrType type) =>
        type switch
        {
            IndexType => 64,
            IntegerType { Width: <= 64 } integer => integer.Width,
            _ => 0,
        };
}
