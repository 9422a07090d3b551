using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Elementwise operations some of whose inputs run fastest along another loop than the outputs.</summary>
/// <remarks>
/// A block computes 32 × 32 elements of the plane of both loops. It reads such inputs along their own fastest loop into shared memory, so that
/// neighbouring threads read and write neighbouring elements on both sides.
/// </remarks>
internal sealed partial class KernelNest
{
    private const int Side = 32;

    /// <summary>One more than a line, so that a column's elements lie in different banks.</summary>
    private const int LinePitch = Side + 1;

    /// <summary>A loop that is known to be shorter leaves most threads of a block without work.</summary>
    private const int ShortestSide = 16;

    /// <summary>How many inputs find room in the memory that a block shares.</summary>
    private const int MostTiles = 4;

    /// <summary>The loop that the outputs run fastest along, another one, and the inputs that run fastest along that; null where there are none.</summary>
    private (int Fast, int Slow, int[] Inputs)? FindTransposed()
    {
        if (
            !_canWait
            || FastestLoop(_op.OutputMap(0)) is not { } fast
            || Enumerable.Range(0, _op.Outputs.Count).Any(i => FastestLoop(_op.OutputMap(i)) != fast)
        )
        {
            return null;
        }

        var crossing = Enumerable
            .Range(0, _op.Inputs.Count)
            .Where(i =>
                _op.Operands[i].Type is MemRefType { ElementType: FloatType or IntegerType { Width: >= 8 } }
                && !_op.BodyBlock.Arguments[i].IsUnused
                && FastestLoop(_op.MapOf(i)) is { } slow
                && slow != fast
                && _op.MapOf(i).Results.Any(r => r.UsesDim(fast))
            )
            .GroupBy(i => FastestLoop(_op.MapOf(i))!.Value)
            .MaxBy(g => g.Count());
        return crossing is not null && IsLong(fast) && IsLong(crossing.Key)
            ? (fast, crossing.Key, [.. crossing.Take(MostTiles)])
            : null;
    }

    private static int? FastestLoop(AffineMap map) => map.Results is [.., AffineDimExpr last] ? last.Position : null;

    private bool IsLong(int loop) => _sizes[loop].ConstInt is not { } known || known >= ShortestSide;

    private void EmitTransposed(int fast, int slow, int[] inputs) =>
        ForEachTile(
            [(slow, Side), (fast, Side)],
            (e, ids, first) => EmitTransposedTile(e, ids, first, fast, slow, inputs),
            [.. inputs.Select(i => SharedOf(Side * LinePitch, ((MemRefType)_op.Operands[i].Type).ElementType))]
        );

    private void EmitTransposedTile(Emitter e, KernelIds ids, Value[] first, int fast, int slow, int[] inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i];
            Bring(e, ids.Thread, Side, Side, (line, along) => Load(input, line, along), ids.Shared[i], LinePitch);
        }

        e.Insert(new BarrierOp(e.Location));
        for (var turn = 0; turn < Side * Side / Kernel.Threads; turn++)
        {
            var (line, along) = PlaceOf(e, ids.Thread, Side, e.Index(turn));
            var ivs = (Value[])first.Clone();
            ivs[slow] = e.Add(first[slow], line);
            ivs[fast] = e.Add(first[fast], along);
            e.If(
                e.And(e.Less(ivs[slow], _sizes[slow]), e.Less(ivs[fast], _sizes[fast])),
                [],
                inside =>
                {
                    var elements = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
                    for (var i = 0; i < inputs.Length; i++)
                    {
                        var place = inside.Add(inside.Mul(along, inside.Index(LinePitch)), line);
                        elements[_op.BodyBlock.Arguments[inputs[i]]] = inside.Load(ids.Shared[i], [place]);
                    }

                    Store(inside, ivs, ScalarBody.Emit(inside, _op, ivs, given: elements));
                    return [];
                }
            );
        }

        e.Insert(new BarrierOp(e.Location));

        // Lines of such an input run along the outputs' slow loop.
        Value Load(int input, Value line, Value along)
        {
            var ivs = (Value[])first.Clone();
            ivs[fast] = Clamped(e, fast, e.Add(first[fast], line));
            ivs[slow] = Clamped(e, slow, e.Add(first[slow], along));
            return e.Load(_op.Operands[input], ScalarBody.Subscripts(e, _op.MapOf(input), ivs));
        }
    }
}
