using Mlir.Arrays;
using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Elements moved, repeated, joined and surrounded.</summary>
internal static class Rearrangings
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Pad", Pad);
        table.Add("Roll", Roll);
        table.Add("Tile", Tile);
        table.Add("Repeat", Repeat);
        table.Add("Concatenate", c => Join(c, (parts, rank) => (parts, c.Axis(rank))));
        table.Add("Stack", c => Join(c, (parts, rank) => Stacked(c, parts, c.Axis(rank + 1))));
    }

    private static Operand.Elements Pad(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (a, emitter) = (call.Arithmetic, call.Emitter);
        var axis = call.Axis(ArrayEmitter.RankOf(x.Value));
        var (before, after) = (Width(call, "before"), Width(call, "after"));
        var mode = call.Known("mode", PadMode.Constant);
        if (mode == PadMode.Constant)
        {
            var value = call.Has("value") ? call.Scalar("value").Value : a.Constant(AxisReductions.Number(x.Type, 0));
            return x with { Value = emitter.Pad(x.Value, axis, before, after, value) };
        }

        var size = emitter.Size(x.Value, axis);
        var widths = a.AddIndex(before, after);
        a.Assert(
            a.Or(
                a.CompareIndex(CmpIPredicate.Ne, size, a.Index(0)),
                a.CompareIndex(CmpIPredicate.Eq, widths, a.Index(0))
            ),
            "System.ArgumentException: The axis is empty and cannot be extended."
        );
        var last = a.SubtractIndex(size, a.Index(1));
        var period = a.MaxIndex(a.MultiplyIndex(last, a.Index(2)), a.Index(1));
        return x with
        {
            Value = emitter.Along(
                x.Value,
                axis,
                a.AddIndex(widths, size),
                (inner, i) =>
                {
                    var place = inner.SubtractIndex(i, before);
                    if (mode == PadMode.Edge)
                    {
                        return inner.MinIndex(inner.MaxIndex(place, inner.Index(0)), last);
                    }

                    if (mode == PadMode.Wrap)
                    {
                        return Wrap(inner, place, size);
                    }

                    // The pattern 0 1 2 … n−1 … 2 1 repeats.
                    var turn = Wrap(inner, place, period);
                    return inner.Select(
                        inner.CompareIndex(CmpIPredicate.Sgt, turn, last),
                        inner.SubtractIndex(period, turn),
                        turn
                    );
                }
            ),
        };
    }

    private static Value Width(ArrayCall call, string parameter)
    {
        var width = call.Index(parameter);
        if (width.ConstInt is not { } known || known < 0)
        {
            call.Arithmetic.Assert(
                call.Arithmetic.CompareIndex(CmpIPredicate.Sge, width, call.Arithmetic.Index(0)),
                "System.ArgumentException: a width must not be negative"
            );
        }

        return width;
    }

    /// <summary>The remainder that has the sign of the length.</summary>
    private static Value Wrap(Arithmetic a, Value index, Value length)
    {
        var rest = a.Emit(new RemSIOp(a.Location, index, length));
        return a.FromEnd(rest, length);
    }

    private static Operand.Elements Roll(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (a, axis) = (call.Arithmetic, call.Axis(ArrayEmitter.RankOf(x.Value)));
        var size = call.Emitter.Size(x.Value, axis);

        // Where the axis is empty nobody looks at the shift.
        var shift = Wrap(a, call.Index("shift"), a.MaxIndex(size, a.Index(1)));
        return x with
        {
            Value = call.Emitter.Along(
                x.Value,
                axis,
                size,
                (inner, i) => inner.FromEnd(inner.SubtractIndex(i, shift), size)
            ),
        };
    }

    private static Operand.Elements Tile(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (emitter, value) = (call.Emitter, x.Value);
        var times = call.Sizes("repetitions");
        foreach (var count in times)
        {
            call.RequireSize(count);
        }

        while (ArrayEmitter.RankOf(value) < times.Length)
        {
            value = emitter.ExpandDims(value, 0);
        }

        var sizes = emitter.Sizes(value);
        var lead = sizes.Length - times.Length;
        var whole = (Value[])sizes.Clone();
        for (var d = 0; d < times.Length; d++)
        {
            whole[lead + d] = call.Arithmetic.MultiplyIndex(sizes[lead + d], times[d]);
        }

        return x with
        {
            Value = emitter.Gather(
                value,
                whole,
                (inner, at) =>
                    [
                        .. at.Select(
                            (p, d) => ReferenceEquals(whole[d], sizes[d]) ? p : inner.RemainderIndex(p, sizes[d])
                        ),
                    ]
            ),
        };
    }

    private static Operand.Elements Repeat(ArrayCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis(ArrayEmitter.RankOf(x.Value));
        var count = call.Index("count");
        call.RequireSize(count);
        var size = call.Arithmetic.MultiplyIndex(call.Emitter.Size(x.Value, axis), count);
        return x with { Value = call.Emitter.Along(x.Value, axis, size, (inner, i) => inner.DivideIndex(i, count)) };
    }

    private static Operand.Elements Join(ArrayCall call, Func<Value[], int, (Value[] Parts, int Axis)> arrange)
    {
        var tensors = call.Tensors("tensors");
        if (tensors.Length == 0)
        {
            throw call.Unsupported("there must be a tensor");
        }

        var values = tensors.Select(t => t.Value).ToArray();
        var rank = ArrayEmitter.RankOf(values[0]);
        if (values.Any(v => ArrayEmitter.RankOf(v) != rank))
        {
            throw call.Unsupported("the tensors have different numbers of dimensions");
        }

        var (parts, axis) = arrange(values, rank);
        foreach (var part in parts.Skip(1))
        {
            for (var d = 0; d < ArrayEmitter.RankOf(part); d++)
            {
                if (d != axis)
                {
                    call.Emitter.RequireEqual(
                        call.Emitter.Size(parts[0], d),
                        call.Emitter.Size(part, d),
                        "System.ArgumentException: The sizes of the tensors differ. (Parameter 'tensors')"
                    );
                }
            }
        }

        return tensors[0] with
        {
            Value = call.Emitter.Concatenate(parts, axis),
        };
    }

    private static (Value[] Parts, int Axis) Stacked(ArrayCall call, Value[] parts, int axis) =>
        ([.. parts.Select(p => call.Emitter.ExpandDims(p, axis))], axis);
}
