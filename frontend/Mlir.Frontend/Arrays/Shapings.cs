using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Other shapes and orders of axes.</summary>
internal static class Shapings
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Reshape", Reshape);
        table.Add("Flatten", c => OfTensor(c, x => Flatten(c, x)));
        table.Add("Squeeze", c => OfTensor(c, x => Squeeze(c, x)));
        table.Add("ExpandDims", c => OfTensor(c, x => c.Emitter.ExpandDims(x, c.Axis(ArrayEmitter.RankOf(x) + 1))));
        table.Add(
            "Permute",
            c => OfTensor(c, x => Permute(c, x, r => Mlir.Arrays.Axes.Permutation(c.Known<int[]>("axes"), r)))
        );
        table.Add(
            "SwapAxes",
            c =>
                OfTensor(
                    c,
                    x => Permute(c, x, r => Mlir.Arrays.Axes.Swapped(c.Known<int>("first"), c.Known<int>("second"), r))
                )
        );
        table.Add(
            "MoveAxis",
            c =>
                OfTensor(
                    c,
                    x =>
                        Permute(
                            c,
                            x,
                            r => Mlir.Arrays.Axes.Moved(c.Known<int>("source"), c.Known<int>("destination"), r)
                        )
                )
        );
        table.Add("BroadcastTo", BroadcastTo);
    }

    /// <summary>Applies a function to the tensor <c>x</c>, which keeps the element type.</summary>
    public static Operand.Elements OfTensor(ArrayCall call, Func<Value, Value> function)
    {
        var x = call.Tensor("x");
        return x with { Value = function(x.Value) };
    }

    /// <summary>All elements in one dimension.</summary>
    public static Value Flatten(ArrayCall call, Value x) => call.Emitter.Reshape(x, [call.Elementwise.Count(x)]);

    private static Value Permute(ArrayCall call, Value x, Func<int, int[]> axes) =>
        call.Emitter.Permute(x, call.Checked(() => axes(ArrayEmitter.RankOf(x))));

    private static Value Squeeze(ArrayCall call, Value x)
    {
        var axis = call.Axis(ArrayEmitter.RankOf(x));
        call.Emitter.RequireEqual(
            call.Emitter.Size(x, axis),
            call.Arithmetic.Index(1),
            "System.ArgumentException: cannot drop an axis whose size is not 1"
        );
        return call.Emitter.DropAxis(x, axis);
    }

    private static Operand.Elements Reshape(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (a, count) = (call.Arithmetic, call.Elementwise.Count(x.Value));
        var given = call.Sizes("lengths");
        var open = Array.FindIndex(given, s => s.ConstInt == -1);
        var known = a.Index(1);
        for (var i = 0; i < given.Length; i++)
        {
            if (i != open)
            {
                call.RequireSize(given[i]);
                known = a.MultiplyIndex(known, given[i]);
            }
        }

        const string Misfit = "System.ArgumentException: The number of elements does not fit the sizes.";
        if (open < 0)
        {
            call.Emitter.RequireEqual(count, known, Misfit);
        }
        else
        {
            a.Assert(a.CompareIndex(CmpIPredicate.Ne, known, a.Index(0)), Misfit);
            var divisor = a.MaxIndex(known, a.Index(1));
            call.Emitter.RequireEqual(a.RemainderIndex(count, divisor), a.Index(0), Misfit);
            given[open] = a.DivideIndex(count, divisor);
        }

        return x with
        {
            Value = call.Emitter.Reshape(x.Value, given),
        };
    }

    private static Operand.Elements BroadcastTo(ArrayCall call)
    {
        var x = call.Tensor("x");
        var sizes = call.Sizes("lengths");
        var type = ArrayEmitter.TypeOf(x.Value);
        if (sizes.Length < type.Rank)
        {
            throw call.Unsupported("the tensor has more dimensions than the sizes say");
        }

        for (var d = 0; d < sizes.Length; d++)
        {
            call.RequireSize(sizes[d]);
            if (d - (sizes.Length - type.Rank) is >= 0 and var own)
            {
                x = x with { Value = call.Elementwise.MeetSize(x.Value, own, sizes[d]) };
            }
        }

        return x with
        {
            Value = call.Emitter.Broadcast(x.Value, sizes),
        };
    }
}
