using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>Arithmetic on sizes and subscripts, which are <c>index</c> values; what is known while compiling is computed at once.</content>
internal sealed partial class Arithmetic
{
    /// <summary><c>a + b</c> of two <c>index</c> values.</summary>
    public Value AddIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => x + y, 0, null, (l, x, y) => new AddIOp(l, x, y));

    /// <summary><c>a - b</c> of two <c>index</c> values.</summary>
    public Value SubtractIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => x - y, null, 0, (l, x, y) => new SubIOp(l, x, y));

    /// <summary><c>a * b</c> of two <c>index</c> values.</summary>
    public Value MultiplyIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => x * y, 1, 1, (l, x, y) => new MulIOp(l, x, y));

    /// <summary><c>a / b</c> of two <c>index</c> values that are not negative.</summary>
    public Value DivideIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => y == 0 ? null : x / y, null, 1, (l, x, y) => new DivUIOp(l, x, y));

    /// <summary><c>a % b</c> of two <c>index</c> values that are not negative.</summary>
    public Value RemainderIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => y == 0 ? null : x % y, null, null, (l, x, y) => new RemUIOp(l, x, y));

    /// <summary>The smaller of two <c>index</c> values.</summary>
    public Value MinIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => Math.Min(x, y), null, null, (l, x, y) => new MinSIOp(l, x, y));

    /// <summary>The larger of two <c>index</c> values.</summary>
    public Value MaxIndex(Value a, Value b) =>
        FoldIndex(a, b, (x, y) => Math.Max(x, y), null, null, (l, x, y) => new MaxSIOp(l, x, y));

    /// <summary>Compares two <c>index</c> values.</summary>
    public Value CompareIndex(CmpIPredicate predicate, Value a, Value b) => Emit(new CmpIOp(Location, a, b, predicate));

    /// <summary><c>index + (index &lt; 0 ? length : 0)</c>: an index that may count from the end.</summary>
    public Value FromEnd(Value index, Value length) =>
        index.ConstInt is { } known
            ? known < 0
                ? AddIndex(index, length)
                : index
            : Select(CompareIndex(CmpIPredicate.Slt, index, Index(0)), AddIndex(index, length), index);

    /// <summary>The number <paramref name="value"/> of type <paramref name="type"/> as an <c>index</c>.</summary>
    public Value ToIndex(Value value, ScalarType type) =>
        Emit(new IndexCastOp(Location, Convert(value, type, ScalarType.Int64), IndexType.Instance));

    private Value FoldIndex(
        Value a,
        Value b,
        Func<long, long, long?> fold,
        long? neutralLeft,
        long? neutralRight,
        Func<Location, Value, Value, Operation> make
    )
    {
        if (a.ConstInt is { } x && b.ConstInt is { } y && fold((long)x, (long)y) is { } folded)
        {
            return Index(folded);
        }

        return b.ConstInt is { } right && right == neutralRight
            || neutralLeft == 0 && b.ConstInt is { } zero && zero == 0
                ? a
            : a.ConstInt is { } left && left == neutralLeft ? b
            : Emit(make(Location, a, b));
    }
}
