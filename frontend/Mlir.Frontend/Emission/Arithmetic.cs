using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>Emits C#'s scalar operators; given tensors, the same operations work element by element.</summary>
/// <remarks>Checks that can fail need scalars: <see cref="TensorEmitter"/> puts them into the body of a <c>linalg.generic</c>.</remarks>
internal sealed partial class Arithmetic(OpBuilder builder, Location location)
{
    private const string Overflow = "System.OverflowException: Arithmetic operation resulted in an overflow.";
    private const string DivideByZero = "System.DivideByZeroException: Attempted to divide by zero.";

    /// <summary>Where operations go.</summary>
    public OpBuilder Builder { get; } = builder;

    /// <summary>The location that operations get.</summary>
    public Location Location { get; set; } = location;

    /// <summary>Inserts an operation with one result.</summary>
    public Value Emit(Operation op) => Builder.Insert(op).Result0;

    /// <summary>The constant <paramref name="attribute"/>, of the shape of <paramref name="like"/>.</summary>
    public Value Constant(TypedAttr attribute, Value? like = null)
    {
        var scalar = Emit(new ConstantOp(Location, attribute));
        return like?.Type is RankedTensorType ? Splat(scalar, like) : scalar;
    }

    /// <summary>The integer <paramref name="value"/> of the element type and shape of <paramref name="like"/>.</summary>
    public Value Int(Int128 value, Value like) => Constant(IntegerAttr.Get(ElementType(like), value), like);

    /// <summary>The float <paramref name="value"/> of the element type and shape of <paramref name="like"/>.</summary>
    public Value Float(double value, Value like) => Constant(FloatAttr.Get((FloatType)ElementType(like), value), like);

    /// <summary>The <c>index</c> constant <paramref name="value"/>.</summary>
    public Value Index(long value) => Constant(IntegerAttr.Get(IndexType.Instance, value));

    /// <summary>A tensor of the shape of <paramref name="like"/>, every element <paramref name="scalar"/>.</summary>
    public Value Splat(Value scalar, Value like)
    {
        var shape = (RankedTensorType)like.Type;
        return Emit(new SplatOp(Location, scalar, DynamicSizes(like), shape.With(shape.Shape.Span, scalar.Type)));
    }

    /// <summary>The sizes of the dynamic dimensions of <paramref name="tensor"/>, as <c>index</c> values.</summary>
    public Value[] DynamicSizes(Value tensor)
    {
        var type = (RankedTensorType)tensor.Type;
        return [.. Enumerable.Range(0, type.Rank).Where(type.IsDynamicDim).Select(d => Dim(tensor, d))];
    }

    /// <summary>The size of dimension <paramref name="dim"/> of <paramref name="tensor"/>.</summary>
    public Value Dim(Value tensor, int dim) => Emit(new DimOp(Location, tensor, Index(dim)));

    /// <summary>The element type of a tensor, or the type of a scalar.</summary>
    public static IrType ElementType(Value value) => (value.Type as ShapedType)?.ElementType ?? value.Type;

    /// <summary>Makes the kernel fail with <paramref name="error"/>, <c>exception type: message</c>, unless <paramref name="ok"/>.</summary>
    public void Assert(Value ok, string error) => Builder.Insert(new AssertOp(Location, ok, error));

    /// <summary>A truth value that is the opposite.</summary>
    public Value Not(Value condition) => Emit(new XOrIOp(Location, condition, Int(1, condition)));

    /// <summary><c>a &amp; b</c>.</summary>
    public Value And(Value a, Value b) => Emit(new AndIOp(Location, a, b));

    /// <summary><c>a | b</c>.</summary>
    public Value Or(Value a, Value b) => Emit(new OrIOp(Location, a, b));

    /// <summary><c>a ^ b</c>.</summary>
    public Value Xor(Value a, Value b) => Emit(new XOrIOp(Location, a, b));

    /// <summary><c>condition ? a : b</c>, both computed.</summary>
    public Value Select(Value condition, Value a, Value b) => Emit(new SelectOp(Location, condition, a, b));

    /// <summary><c>a + b</c>; integers wrap.</summary>
    public Value Add(Value a, Value b, ScalarType type) =>
        Emit(type.IsFloat ? new AddFOp(Location, a, b) : new AddIOp(Location, a, b));

    /// <summary><c>a - b</c>; integers wrap.</summary>
    public Value Subtract(Value a, Value b, ScalarType type) =>
        Emit(type.IsFloat ? new SubFOp(Location, a, b) : new SubIOp(Location, a, b));

    /// <summary><c>a * b</c>; integers wrap.</summary>
    public Value Multiply(Value a, Value b, ScalarType type) =>
        Emit(type.IsFloat ? new MulFOp(Location, a, b) : new MulIOp(Location, a, b));

    /// <summary><c>-a</c>; integers wrap, a float zero changes its sign.</summary>
    public Value Negate(Value a, ScalarType type) =>
        type.IsFloat ? Emit(new NegFOp(Location, a)) : Subtract(Int(0, a), a, type);

    /// <summary><c>~a</c>, or <c>!a</c> for truth values.</summary>
    public Value Complement(Value a) => Xor(a, Int(-1, a));

    /// <summary><c>a / b</c>; integers fail on a zero divisor and on the one quotient that does not fit.</summary>
    public Value Divide(Value a, Value b, ScalarType type) =>
        type.IsFloat ? Emit(new DivFOp(Location, a, b)) : DivideIntegers(a, b, type, remainder: false);

    /// <summary><c>a % b</c>: the sign is that of <paramref name="a"/>; integers fail as for <see cref="Divide"/>.</summary>
    public Value Remainder(Value a, Value b, ScalarType type) =>
        type.IsFloat ? Emit(new RemFOp(Location, a, b)) : DivideIntegers(a, b, type, remainder: true);

    private Value DivideIntegers(Value a, Value b, ScalarType type, bool remainder)
    {
        Assert(Compare(ScalarComparison.NotEqual, b, Int(0, b), type), DivideByZero);
        if (!type.IsSigned)
        {
            return Emit(remainder ? new RemUIOp(Location, a, b) : new DivUIOp(Location, a, b));
        }

        if (type.Width < 32)
        {
            // C# divides small integers as int, where no quotient overflows, and takes the low bits.
            var (wideA, wideB) = (Convert(a, type, ScalarType.Int32), Convert(b, type, ScalarType.Int32));
            var wide = Emit(remainder ? new RemSIOp(Location, wideA, wideB) : new DivSIOp(Location, wideA, wideB));
            return Convert(wide, ScalarType.Int32, type);
        }

        var isMin = Compare(ScalarComparison.Equal, a, Int(type.MinValue, a), type);
        var isMinusOne = Compare(ScalarComparison.Equal, b, Int(-1, b), type);
        Assert(Not(And(isMin, isMinusOne)), Overflow);
        return Emit(remainder ? new RemSIOp(Location, a, b) : new DivSIOp(Location, a, b));
    }

    /// <summary><c>checked(a + b)</c>.</summary>
    public Value AddChecked(Value a, Value b, ScalarType type)
    {
        var sum = Add(a, b, type);
        if (type.IsInteger)
        {
            // Signed: overflow gives a sum whose sign differs from both operands'. Unsigned: a sum below an operand.
            Assert(
                type.IsSigned
                    ? NotNegative(And(Xor(a, sum), Xor(b, sum)))
                    : Compare(ScalarComparison.GreaterOrEqual, sum, a, type),
                Overflow
            );
        }

        return sum;
    }

    /// <summary><c>checked(a - b)</c>.</summary>
    public Value SubtractChecked(Value a, Value b, ScalarType type)
    {
        var difference = Subtract(a, b, type);
        if (type.IsInteger)
        {
            Assert(
                type.IsSigned
                    ? NotNegative(And(Xor(a, b), Xor(a, difference)))
                    : Compare(ScalarComparison.GreaterOrEqual, a, b, type),
                Overflow
            );
        }

        return difference;
    }

    /// <summary><c>checked(a * b)</c>.</summary>
    public Value MultiplyChecked(Value a, Value b, ScalarType type)
    {
        if (type.IsFloat)
        {
            return Multiply(a, b, type);
        }

        // The product fits when the high half only repeats the sign of the low one (or is zero).
        Operation product = type.IsSigned ? new MulSIExtendedOp(Location, a, b) : new MulUIExtendedOp(Location, a, b);
        Builder.Insert(product);
        var (low, high) = (product.Results[0], product.Results[1]);
        var expected = type.IsSigned ? Emit(new ShRSIOp(Location, low, Int(type.Width - 1, low))) : Int(0, low);
        Assert(Compare(ScalarComparison.Equal, high, expected, type), Overflow);
        return low;
    }

    /// <summary><c>checked(-a)</c>.</summary>
    public Value NegateChecked(Value a, ScalarType type)
    {
        if (type.IsInteger)
        {
            Assert(Compare(ScalarComparison.NotEqual, a, Int(type.MinValue, a), type), Overflow);
        }

        return Negate(a, type);
    }

    private Value NotNegative(Value value) => Emit(new CmpIOp(Location, value, Int(0, value), CmpIPredicate.Sge));

    /// <summary><c>a &lt;&lt; count</c>; like C#, only the low bits of the count matter, as many as the promoted type needs.</summary>
    public Value ShiftLeft(Value a, Value count, ScalarType type) =>
        Shift(a, count, type, false, (x, n) => new ShLIOp(Location, x, n));

    /// <summary><c>a &gt;&gt; count</c>: arithmetic for signed types, logical for unsigned ones.</summary>
    public Value ShiftRight(Value a, Value count, ScalarType type) =>
        Shift(
            a,
            count,
            type,
            false,
            (x, n) => type.IsSigned ? new ShRSIOp(Location, x, n) : new ShRUIOp(Location, x, n)
        );

    /// <summary><c>a &gt;&gt;&gt; count</c>.</summary>
    public Value ShiftRightLogical(Value a, Value count, ScalarType type) =>
        Shift(a, count, type, true, (x, n) => new ShRUIOp(Location, x, n));

    private Value Shift(Value a, Value count, ScalarType type, bool logical, Func<Value, Value, Operation> make)
    {
        if (type.Width >= 32)
        {
            return Emit(make(a, ShiftCount(count, a, type.Width - 1)));
        }

        // Small types shift as int, by up to 31 places; a logical right shift of a negative one is on its own width.
        var promoted = ScalarType.Int32;
        var wide = type.IsSigned
            ? Emit(new ExtSIOp(Location, a, Reshape(a, promoted.IrType)))
            : Emit(new ExtUIOp(Location, a, Reshape(a, promoted.IrType)));
        if (type.IsSigned && logical)
        {
            wide = And(wide, Int(type.MaxValue * 2 + 1, wide));
        }

        var shifted = Emit(make(wide, ShiftCount(count, wide, 31)));
        return Emit(new TruncIOp(Location, shifted, a.Type));
    }

    private Value ShiftCount(Value count, Value like, int mask)
    {
        var masked = And(count, Int(mask, count));
        var from = (IntegerType)count.Type;
        var to = (IntegerType)ElementType(like);
        var sized =
            from.Width == to.Width ? masked
            : from.Width < to.Width ? Emit(new ExtUIOp(Location, masked, to))
            : Emit(new TruncIOp(Location, masked, to));
        return like.Type is RankedTensorType ? Splat(sized, like) : sized;
    }

    /// <summary>A C# comparison; floats compare as IEEE says, so that a NaN only ever is not equal.</summary>
    public Value Compare(ScalarComparison comparison, Value a, Value b, ScalarType type)
    {
        if (type.IsFloat)
        {
            return Emit(
                new CmpFOp(
                    Location,
                    a,
                    b,
                    comparison switch
                    {
                        ScalarComparison.Equal => CmpFPredicate.OEq,
                        ScalarComparison.NotEqual => CmpFPredicate.UNe,
                        ScalarComparison.Less => CmpFPredicate.OLt,
                        ScalarComparison.LessOrEqual => CmpFPredicate.OLe,
                        ScalarComparison.Greater => CmpFPredicate.OGt,
                        _ => CmpFPredicate.OGe,
                    }
                )
            );
        }

        return Emit(
            new CmpIOp(
                Location,
                a,
                b,
                (comparison, type.IsSigned) switch
                {
                    (ScalarComparison.Equal, _) => CmpIPredicate.Eq,
                    (ScalarComparison.NotEqual, _) => CmpIPredicate.Ne,
                    (ScalarComparison.Less, true) => CmpIPredicate.Slt,
                    (ScalarComparison.LessOrEqual, true) => CmpIPredicate.Sle,
                    (ScalarComparison.Greater, true) => CmpIPredicate.Sgt,
                    (ScalarComparison.GreaterOrEqual, true) => CmpIPredicate.Sge,
                    (ScalarComparison.Less, false) => CmpIPredicate.Ult,
                    (ScalarComparison.LessOrEqual, false) => CmpIPredicate.Ule,
                    (ScalarComparison.Greater, false) => CmpIPredicate.Ugt,
                    _ => CmpIPredicate.Uge,
                }
            )
        );
    }

    /// <summary>The type of <paramref name="elementType"/> with the shape of <paramref name="like"/>.</summary>
    public static IrType Reshape(Value like, IrType elementType) =>
        like.Type is RankedTensorType tensor ? tensor.With(tensor.Shape.Span, elementType) : elementType;
}
