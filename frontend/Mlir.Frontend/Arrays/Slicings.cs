using Mlir.Arrays;
using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Parts of tensors.</summary>
internal static class Slicings
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("SliceAxis", SliceAxis);
        table.Add("Slice", Slice);
        table.Add("Flip", c => Shapings.OfTensor(c, x => c.Emitter.Reverse(x, c.Axis(ArrayEmitter.RankOf(x)))));
    }

    private static Operand.Elements SliceAxis(ArrayCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis(ArrayEmitter.RankOf(x.Value));
        var step = call.Known("step", 1);
        var range = (call.Index("start"), call.Has("stop") ? call.Index("stop") : null);
        return x with { Value = Part(call, x.Value, axis, range, Step(call, step)) };
    }

    private static Operand.Elements Slice(ArrayCall call)
    {
        var x = call.Tensor("x");
        var rank = ArrayEmitter.RankOf(x.Value);
        var (a, value) = (call.Arithmetic, x.Value);
        var axis = 0;
        foreach (var item in call.Checked(() => SliceItem.Parse(call.Known<string>("subscript"), rank)))
        {
            switch (item)
            {
                case SliceItem.At { Index: var index }:
                    var size = call.Emitter.Size(value, axis);
                    var place = a.FromEnd(a.Index(index), size);
                    Gatherings.RequireInside(a, place, size);
                    value = call.Emitter.Slice(value, axis, place, a.Index(1), 1);
                    value = call.Emitter.DropAxis(value, axis);

                    // The only dimension stays, with its one element.
                    axis += ArrayEmitter.RankOf(value) == 1 && rank == 1 ? 1 : 0;
                    break;
                case SliceItem.Part { Range: var range }:
                    if (range != new SliceRange(null, null, 1))
                    {
                        var bounds = (Constant(range.Start), Constant(range.Stop));
                        value = Part(call, value, axis, bounds, range.Step);
                    }

                    axis++;
                    break;
                default:
                    value = call.Emitter.ExpandDims(value, axis++);
                    break;
            }
        }

        return x with
        {
            Value = value,
        };

        Value? Constant(int? number) => number is { } known ? a.Index(known) : null;
    }

    private static int Step(ArrayCall call, int step) =>
        step != 0 ? step : throw call.Unsupported("the step of a slice must not be zero");

    /// <summary>The part <c>start:stop:step</c> of an axis; the bounds are cut to what there is.</summary>
    private static Value Part(ArrayCall call, Value x, int axis, (Value? Start, Value? Stop) range, int step)
    {
        var a = call.Arithmetic;
        var size = call.Emitter.Size(x, axis);
        if (IsOneElement(range, step))
        {
            // Only what is known to have one element can be broadcast, so that an empty part is an error here.
            var only = a.FromEnd(range.Start!, size);
            a.Assert(
                a.CompareIndex(CmpIPredicate.Ult, only, size),
                "System.ArgumentException: the slice of one element lies outside the tensor"
            );
            return call.Emitter.Slice(x, axis, only, a.Index(1), 1);
        }

        // Going down, the places before the first element and at the last one are the limits.
        var (low, high) = step > 0 ? (a.Index(0), size) : (a.Index(-1), a.SubtractIndex(size, a.Index(1)));
        Value Clamp(Value index) => a.MinIndex(a.MaxIndex(a.FromEnd(index, size), low), high);
        var first =
            range.Start is { } start ? Clamp(start)
            : step > 0 ? low
            : high;
        var end =
            range.Stop is { } stop ? Clamp(stop)
            : step > 0 ? high
            : low;
        var span = step > 0 ? a.SubtractIndex(end, first) : a.SubtractIndex(first, end);
        var stride = a.Index(Math.Abs((long)step));
        var count = a.DivideIndex(
            a.AddIndex(a.MaxIndex(span, a.Index(0)), a.SubtractIndex(stride, a.Index(1))),
            stride
        );
        return call.Emitter.Slice(x, axis, first, count, step);
    }

    private static bool IsOneElement((Value? Start, Value? Stop) range, int step) =>
        step == 1
        && range.Start?.ConstInt is { } start
        && (
            range.Stop?.ConstInt is { } stop
                ? stop - start == 1 && (start >= 0) == (stop >= 0)
                : range.Stop is null && start == -1
        );
}
