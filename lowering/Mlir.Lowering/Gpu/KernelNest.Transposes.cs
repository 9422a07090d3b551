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

    private void EmitTransposed(int fast, int slow, int[] inputs)
    {
        int[] others = [.. Enumerable.Range(0, _kinds.Length).Where(d => d != fast && d != slow)];
        Value[] counts =
        [
            .. others.Select(d => _sizes[d]),
            _host.CeilDiv(_sizes[slow], _host.Index(Side)),
            _host.CeilDiv(_sizes[fast], _host.Index(Side)),
        ];
        Kernel.ForEachBlock(
            _host,
            counts,
            Kernel.Threads,
            null,
            (e, ids, at) =>
            {
                var first = Scatter(others, at[..^2]);
                first[slow] = e.Mul(at[^2], e.Index(Side));
                first[fast] = e.Mul(at[^1], e.Index(Side));
                EmitTransposedTile(e, ids, first, fast, slow, inputs);
            },
            [.. inputs.Select(TileOf)]
        );
    }

    private MemRefType TileOf(int input) =>
        MemRefType.Get(
            [Side * LinePitch],
            ((MemRefType)_op.Operands[input].Type).ElementType,
            memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup)
        );

    private void EmitTransposedTile(Emitter e, KernelIds ids, Value[] first, int fast, int slow, int[] inputs)
    {
        ForEachLine(
            fast,
            slow,
            (inside, ivs, line, along) =>
            {
                for (var i = 0; i < inputs.Length; i++)
                {
                    var input = inputs[i];
                    var element = inside.Load(
                        _op.Operands[input],
                        ScalarBody.Subscripts(inside, _op.MapOf(input), ivs)
                    );
                    inside.Store(element, ids.Shared[i], [Place(inside, line, along)]);
                }
            }
        );
        e.Insert(new BarrierOp(e.Location));
        ForEachLine(
            slow,
            fast,
            (inside, ivs, line, along) =>
            {
                var elements = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
                for (var i = 0; i < inputs.Length; i++)
                {
                    var element = inside.Load(ids.Shared[i], [Place(inside, along, line)]);
                    elements[_op.BodyBlock.Arguments[inputs[i]]] = element;
                }

                Store(inside, ivs, ScalarBody.Emit(inside, _op, ivs, given: elements));
            }
        );
        e.Insert(new BarrierOp(e.Location));

        static Value Place(Emitter e, Value line, Value along) => e.Add(e.Mul(line, e.Index(LinePitch)), along);

        // A warp takes a line at a time, neighbouring threads what lies side by side on it.
        void ForEachLine(int across, int alongLoop, Action<Emitter, Value[], Value, Value> body)
        {
            var along = e.Rem(ids.Thread, e.Index(Side));
            for (var i = 0; i < Side; i += Kernel.Threads / Side)
            {
                var line = e.Add(e.Div(ids.Thread, e.Index(Side)), e.Index(i));
                var ivs = (Value[])first.Clone();
                ivs[across] = e.Add(first[across], line);
                ivs[alongLoop] = e.Add(first[alongLoop], along);
                e.If(
                    e.And(e.Less(ivs[across], _sizes[across]), e.Less(ivs[alongLoop], _sizes[alongLoop])),
                    [],
                    inside =>
                    {
                        body(inside, ivs, line, along);
                        return [];
                    }
                );
            }
        }
    }
}
