using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Sorting along an axis.</summary>
internal static class Sorts
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Sort", c => Import(c, c.Known("descending", false), values: true));
        table.Add("ArgSort", c => Import(c, c.Known("descending", false), values: false));
        table.Add("TopK", c => Import(c, descending: true, values: true));
        table.Add("ArgTopK", c => Import(c, descending: true, values: false));
    }

    // for %row { %keys = %x[%row, …]; sort %keys; for %j { %out[%row, %j] = %keys[%j] } }
    private static Operand.Elements Import(ArrayCall call, bool descending, bool values)
    {
        var x = call.Tensor("x");
        var (emitter, loops, type) = (call.Emitter, new LoopEmitter(call.Arithmetic), x.Type);
        var axis = call.Axis(ArrayEmitter.RankOf(x.Value));
        var sizes = emitter.Sizes(x.Value);
        var (n, wanted) = (sizes[axis], sizes[axis]);
        if (call.Has("k"))
        {
            var k = call.Elements("k");
            wanted = loops.ToIndex(k.Value, k.Type);
            call.Arithmetic.Assert(
                loops.Compare(CmpIPredicate.Ule, wanted, n),
                "System.ArgumentException: The axis has fewer elements than are asked for."
            );
        }

        var result = values ? type : ScalarType.Int64;
        Value[] lengths = [.. sizes[..axis], wanted, .. sizes[(axis + 1)..]];
        Value[] outer = [.. sizes[..axis], .. sizes[(axis + 1)..]];
        var sort = new MergeSort((a, p, q) => Ordering.Precedes(a, p, q, type, descending));
        IrType[] types = values ? [type.IrType] : [type.IrType, IntegerType.I64];
        if (outer.Length == 0)
        {
            var row = sort.SortInParts(loops, n, types, (e, j) => Items(e, x.Value, [j], j, types));
            return new Operand.Elements(call.Has("k") ? First(loops, emitter, row[^1], wanted) : row[^1], result);
        }

        var sorted = loops.Nest(
            outer,
            [emitter.Empty(lengths, result.IrType)],
            (e, at, state) =>
            {
                Value[] Place(Value j) => [.. at[..axis], j, .. at[axis..]];
                var inner = new ArrayEmitter(e.Arithmetic);
                var rows = e.For(
                    e.Index(0),
                    n,
                    e.Index(1),
                    [.. types.Select(t => inner.Empty([n], t))],
                    (f, j, made) => f.StoreAll(Items(f, x.Value, Place(j), j, types), made, j)
                );
                var order = sort.Sort(e, n, rows, [.. types.Select(t => inner.Empty([n], t))]);
                return e.For(
                    e.Index(0),
                    wanted,
                    e.Index(1),
                    state,
                    (f, j, next) => [f.Store(f.Load(order[^1], j), next[0], Place(j))]
                );
            }
        );
        return new Operand.Elements(sorted[0], result);
    }

    /// <summary>What is sorted of an element: itself, and where it stands if that is asked for.</summary>
    private static Value[] Items(LoopEmitter e, Value x, Value[] place, Value j, IrType[] types)
    {
        var key = e.Load(x, place);
        return types.Length == 1 ? [key] : [key, e.FromIndex(j, types[1])];
    }

    private static Value First(LoopEmitter loops, ArrayEmitter emitter, Value row, Value count) =>
        loops.For(
            loops.Index(0),
            count,
            loops.Index(1),
            [emitter.Empty([count], Arithmetic.ElementType(row))],
            (e, j, state) => [e.Store(e.Load(row, j), state[0], j)]
        )[0];
}
