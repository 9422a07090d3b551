using Mlir.Dialects.Arith;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>Emits loops that carry scalars and arrays, and the arithmetic on subscripts that they need.</summary>
/// <param name="arithmetic">Where operations go.</param>
internal sealed class LoopEmitter(Arithmetic arithmetic)
{
    /// <summary>Where operations go.</summary>
    public Arithmetic Arithmetic => arithmetic;

    /// <summary>A counted loop.</summary>
    /// <param name="begin">The first value of the counter.</param>
    /// <param name="end">The value at which it ends.</param>
    /// <param name="step">What is added to it each time.</param>
    /// <param name="carried">The first values of what an iteration hands to the next.</param>
    /// <param name="body">Makes these of the counter and of those before.</param>
    public Value[] For(
        Value begin,
        Value end,
        Value step,
        ReadOnlySpan<Value> carried,
        Func<LoopEmitter, Value, Value[], Value[]> body
    )
    {
        var loop = ForOp.Create(arithmetic.Location, begin, end, step, carried);
        arithmetic.Builder.Insert(loop);
        var inner = Inside(loop.Body);
        inner.Yield(body(inner, loop.InductionVar, [.. loop.RegionIterArgs]));
        return [.. loop.Results];
    }

    /// <summary>A loop that goes on while a condition holds.</summary>
    /// <param name="carried">The first values of what an iteration hands to the next.</param>
    /// <param name="condition">Whether to go on, of those.</param>
    /// <param name="body">The next ones.</param>
    public Value[] While(
        ReadOnlySpan<Value> carried,
        Func<LoopEmitter, Value[], Value> condition,
        Func<LoopEmitter, Value[], Value[]> body
    )
    {
        var loop = WhileOp.Create(arithmetic.Location, carried, [.. carried.ToArray().Select(v => v.Type)]);
        arithmetic.Builder.Insert(loop);
        var before = Inside(loop.Before.Single);
        Value[] arguments = [.. loop.Before.Single.Arguments];
        before.Arithmetic.Builder.Insert(new ConditionOp(arithmetic.Location, condition(before, arguments), arguments));
        var after = Inside(loop.After.Single);
        after.Yield(body(after, [.. loop.After.Single.Arguments]));
        return [.. loop.Results];
    }

    /// <summary>Loops over all subscripts below <paramref name="sizes"/>, the last one fastest.</summary>
    public Value[] Nest(IReadOnlyList<Value> sizes, Value[] carried, Func<LoopEmitter, Value[], Value[], Value[]> body)
    {
        return Level(this, [], carried);

        Value[] Level(LoopEmitter at, Value[] subscripts, Value[] state) =>
            subscripts.Length == sizes.Count
                ? body(at, subscripts, state)
                : at.For(
                    at.Index(0),
                    sizes[subscripts.Length],
                    at.Index(1),
                    state,
                    (inner, i, next) => Level(inner, [.. subscripts, i], next)
                );
    }

    /// <summary>A number of type <c>index</c>.</summary>
    public Value Index(long value) => arithmetic.Index(value);

    /// <summary>The sum of subscripts.</summary>
    public Value Add(Value a, Value b) =>
        b.ConstInt == 0 ? a
        : a.ConstInt == 0 ? b
        : arithmetic.Emit(new AddIOp(arithmetic.Location, a, b));

    /// <summary>The difference of subscripts.</summary>
    public Value Subtract(Value a, Value b) =>
        b.ConstInt == 0 ? a : arithmetic.Emit(new SubIOp(arithmetic.Location, a, b));

    /// <summary>The product of subscripts.</summary>
    public Value Multiply(Value a, Value b) => arithmetic.Emit(new MulIOp(arithmetic.Location, a, b));

    /// <summary>The quotient of subscripts, rounded down.</summary>
    public Value Divide(Value a, Value b) => arithmetic.Emit(new DivUIOp(arithmetic.Location, a, b));

    /// <summary>The smaller subscript.</summary>
    public Value Min(Value a, Value b) => arithmetic.Emit(new MinSIOp(arithmetic.Location, a, b));

    /// <summary>The larger subscript.</summary>
    public Value Max(Value a, Value b) => arithmetic.Emit(new MaxSIOp(arithmetic.Location, a, b));

    /// <summary>Compares subscripts.</summary>
    public Value Compare(CmpIPredicate predicate, Value a, Value b) =>
        arithmetic.Emit(new CmpIOp(arithmetic.Location, a, b, predicate));

    /// <summary>An element without a sign as a subscript.</summary>
    public Value Unsigned(Value number) =>
        arithmetic.Emit(new IndexCastUIOp(arithmetic.Location, number, IndexType.Instance));

    /// <summary>A subscript as an element, or the low bits of one.</summary>
    public Value FromIndex(Value index, IrType type) =>
        arithmetic.Emit(new IndexCastOp(arithmetic.Location, index, type));

    /// <summary>An element of an integer type as a subscript.</summary>
    public Value ToIndex(Value number, ScalarType type) =>
        arithmetic.Emit(
            new IndexCastOp(arithmetic.Location, arithmetic.Convert(number, type, ScalarType.Int64), IndexType.Instance)
        );

    /// <summary>The place of an index in an axis of <paramref name="length"/> elements: negative ones count from the end, and those outside fail.</summary>
    public Value Place(Value number, ScalarType type, Value length)
    {
        var index = ToIndex(number, type);
        var negative = Compare(CmpIPredicate.Slt, index, Index(0));
        var place = arithmetic.Select(negative, Add(index, length), index);
        arithmetic.Assert(
            Compare(CmpIPredicate.Ult, place, length),
            "System.IndexOutOfRangeException: Index was outside the bounds of the array."
        );
        return place;
    }

    /// <summary>An element.</summary>
    public Value Load(Value tensor, params ReadOnlySpan<Value> subscripts) =>
        arithmetic.Emit(new ExtractOp(arithmetic.Location, tensor, subscripts));

    /// <summary>The tensor with one element changed.</summary>
    public Value Store(Value value, Value tensor, params ReadOnlySpan<Value> subscripts) =>
        arithmetic.Emit(new InsertOp(arithmetic.Location, value, tensor, subscripts));

    /// <summary>Tensors of equal shapes with one element of each changed.</summary>
    public Value[] StoreAll(Value[] values, Value[] tensors, params ReadOnlySpan<Value> subscripts)
    {
        var changed = new Value[tensors.Length];
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = Store(values[i], tensors[i], subscripts);
        }

        return changed;
    }

    private LoopEmitter Inside(Block block) => new(new Arithmetic(new OpBuilder(block), arithmetic.Location));

    private void Yield(ReadOnlySpan<Value> values) =>
        arithmetic.Builder.Insert(new Dialects.Scf.YieldOp(arithmetic.Location, values));
}
