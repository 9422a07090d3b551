using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Integer addition.</summary>
internal readonly struct AddRule(int shift) : IScalarRule
{
    public long Apply(long a, long b, long c) => a + b << shift >> shift;
}

/// <summary>Integer subtraction.</summary>
internal readonly struct SubtractRule(int shift) : IScalarRule
{
    public long Apply(long a, long b, long c) => a - b << shift >> shift;
}

/// <summary>Integer multiplication.</summary>
internal readonly struct MultiplyRule(int shift) : IScalarRule
{
    public long Apply(long a, long b, long c) => a * b << shift >> shift;
}

/// <summary>Bitwise and.</summary>
internal readonly struct AndRule : IScalarRule
{
    public long Apply(long a, long b, long c) => a & b;
}

/// <summary>Bitwise or.</summary>
internal readonly struct OrRule : IScalarRule
{
    public long Apply(long a, long b, long c) => a | b;
}

/// <summary>Bitwise exclusive or.</summary>
internal readonly struct XorRule : IScalarRule
{
    public long Apply(long a, long b, long c) => a ^ b;
}

/// <summary>The first operand sign-extended from a width.</summary>
internal readonly struct WrapRule(int shift) : IScalarRule
{
    public long Apply(long a, long b, long c) => a << shift >> shift;
}

/// <summary>The first operand zero-extended from a width and wrapped to another.</summary>
internal readonly struct ZeroExtendRule(int fromShift, int toShift) : IScalarRule
{
    public long Apply(long a, long b, long c) => (long)((ulong)a << fromShift >> fromShift) << toShift >> toShift;
}

/// <summary>A choice by a condition.</summary>
internal readonly struct SelectRule : IScalarRule
{
    public long Apply(long a, long b, long c) => a != 0 ? b : c;
}

/// <summary>A relation between integers.</summary>
internal readonly struct CompareIntegersRule(CmpIPredicate predicate) : IScalarRule
{
    // Sign extension keeps the order of unsigned numbers of any width among themselves.
    public long Apply(long a, long b, long c) =>
        predicate switch
        {
            CmpIPredicate.Eq => a == b,
            CmpIPredicate.Ne => a != b,
            CmpIPredicate.Slt => a < b,
            CmpIPredicate.Sle => a <= b,
            CmpIPredicate.Sgt => a > b,
            CmpIPredicate.Sge => a >= b,
            CmpIPredicate.Ult => (ulong)a < (ulong)b,
            CmpIPredicate.Ule => (ulong)a <= (ulong)b,
            CmpIPredicate.Ugt => (ulong)a > (ulong)b,
            _ => (ulong)a >= (ulong)b,
        }
            ? -1
            : 0;
}

/// <summary>Which of two integers: the larger or smaller one.</summary>
internal readonly struct ChooseIntegerRule(CmpIPredicate first) : IScalarRule
{
    public long Apply(long a, long b, long c) =>
        first switch
        {
            CmpIPredicate.Sgt => Math.Max(a, b),
            CmpIPredicate.Slt => Math.Min(a, b),
            CmpIPredicate.Ugt => (ulong)a > (ulong)b ? a : b,
            _ => (ulong)a < (ulong)b ? a : b,
        };
}

/// <summary>Shifts; amounts of the width or more are errors.</summary>
internal readonly struct ShiftRule(ShiftKind kind, int shift, Operation op) : IScalarRule
{
    public long Apply(long a, long b, long c)
    {
        var amount = (ulong)b << shift >> shift;
        var width = 64 - shift;
        if (amount >= (ulong)width)
        {
            throw new UndefinedBehaviorException(op.Name, $"shifts by {amount} bits in a type of {width}", op.Location);
        }

        return kind switch
        {
            ShiftKind.Left => a << (int)amount << shift >> shift,
            ShiftKind.RightUnsigned => (long)(((ulong)a << shift >> shift) >> (int)amount) << shift >> shift,
            _ => a >> (int)amount,
        };
    }
}

/// <summary>The kinds of shift.</summary>
internal enum ShiftKind
{
    Left,
    RightUnsigned,
    RightSigned,
}

/// <summary>Divisions and remainders; division by zero and quotients that do not fit are errors.</summary>
internal readonly struct DivideRule(DivisionKind kind, int shift, Operation op) : IScalarRule
{
    public long Apply(long a, long b, long c)
    {
        if (b == 0)
        {
            throw new UndefinedBehaviorException(op.Name, "divides by zero", op.Location);
        }

        if (kind >= DivisionKind.Unsigned)
        {
            var (x, y) = ((ulong)a << shift >> shift, (ulong)b << shift >> shift);
            var result = kind switch
            {
                DivisionKind.Unsigned => x / y,
                DivisionKind.UnsignedCeiling => x / y + (x % y == 0 ? 0UL : 1UL),
                _ => x % y,
            };
            return (long)result << shift >> shift;
        }

        if (b == -1)
        {
            if (kind == DivisionKind.SignedRemainder)
            {
                return 0;
            }

            if (a == long.MinValue >> shift)
            {
                throw new UndefinedBehaviorException(op.Name, $"overflows: {a} / -1", op.Location);
            }
        }

        var (quotient, remainder) = Math.DivRem(a, b);
        return kind switch
        {
            DivisionKind.Signed => quotient,
            DivisionKind.SignedCeiling => remainder != 0 && remainder < 0 == b < 0 ? quotient + 1 : quotient,
            DivisionKind.SignedFloor => remainder != 0 && remainder < 0 != b < 0 ? quotient - 1 : quotient,
            _ => remainder,
        };
    }
}

/// <summary>The kinds of division.</summary>
internal enum DivisionKind
{
    Signed,
    SignedCeiling,
    SignedFloor,
    SignedRemainder,
    Unsigned,
    UnsignedCeiling,
    UnsignedRemainder,
}

/// <summary>Any integer rule that is too rare for a type of its own.</summary>
internal readonly struct IntegerFunctionRule(Func<long, long, long> function, int shift) : IScalarRule
{
    public long Apply(long a, long b, long c) => function(a, b) << shift >> shift;
}
