using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <content>
/// Elements of arrays for all lanes: one vector where they lie side by side, whole vectors that are permuted where the distance is small, and a
/// gather for everything else.
/// </content>
internal sealed partial class VectorBody
{
    // Up to this distance reading everything in between and permuting it is less work than one load for each lane.
    private const int MaxPermuted = 4;

    private readonly Dictionary<Value, FlatArray> _flat = new(ReferenceEqualityComparer.Instance);

    /// <summary>A subscript: what it is in the first lane, and how far it goes from lane to lane, or what it is in each lane when that differs.</summary>
    private readonly record struct Subscript(Value First, long? Step, Value? Lanes = null);

    /// <summary>An array as one row of elements, with the distances between neighbours in each dimension.</summary>
    private sealed record FlatArray(Value Row, Value[] Strides);

    private void Load(Emitter emit, int operand, Value argument)
    {
        var (source, map) = (_op.Operands[operand], _op.MapOf(operand));
        if (source.Type is not MemRefType)
        {
            _uniform[argument] = source;
        }
        else if (AccessOf(map, _inner) == Access.Fixed)
        {
            _uniform[argument] = _hoist.Load(source, ScalarBody.Subscripts(_hoist, map, _ivs));
        }
        else
        {
            var first = ScalarBody.Subscripts(emit, map, _ivs);
            _varying[argument] = LoadLanes(
                emit,
                source,
                [.. first.Select((f, k) => new Subscript(f, StepOf(map.Results[k], _inner)))],
                _mask
            );
        }
    }

    /// <summary>An element that the body itself asks for.</summary>
    private void EmitLoad(Emitter emit, LoadOp load, Value? mask)
    {
        if (!load.Indices.Any(_varying.ContainsKey))
        {
            // It stays behind the checks in front of it.
            var copy = emit.Clone(load, _uniform);
            _inLoop.UnionWith(copy.Results);
            return;
        }

        var subscripts = load.Indices.Select(index =>
            !_varying.TryGetValue(index, out var lanes) ? new Subscript(_uniform[index], 0)
            : LaneStep(index) is { } step ? new Subscript(emit.Extract(lanes, 0), step)
            : new Subscript(lanes, null, lanes)
        );
        _varying[load.Result] = LoadLanes(emit, load.Memref, [.. subscripts], mask);
    }

    /// <summary>How far a value of the body goes from lane to lane; null when that is not the same everywhere.</summary>
    private long? LaneStep(Value value) =>
        !_varying.ContainsKey(value)
            ? 0
            : value.Definer switch
            {
                IndexOp => 1,
                AddIOp { Lhs: var a, Rhs: var b } => LaneStep(a) + LaneStep(b),
                SubIOp { Lhs: var a, Rhs: var b } => LaneStep(a) - LaneStep(b),
                MulIOp { Lhs: var a, Rhs.ConstInt: { } factor } when Int128.Abs(factor) <= int.MaxValue => LaneStep(a)
                    * (long)factor,
                _ => null,
            };

    private Value LoadLanes(Emitter emit, Value array, Subscript[] subscripts, Value? mask)
    {
        var type = (MemRefType)array.Type;
        var vector = VectorOf(type.ElementType);
        var strides = type.StridesAndOffset!.Value.Strides;
        var last = type.Rank - 1;
        var first = subscripts.Select(s => s.First).ToArray();
        if (strides[last] == 1 && subscripts[last].Step == 1 && subscripts[..last].All(s => s.Step == 0))
        {
            return mask is null
                ? emit.VectorLoad(vector, array, first)
                : emit.MaskedLoad(array, first, mask, Splat(_hoist, vector, null));
        }

        var flat = Flatten(array);
        var offset = Enumerable
            .Range(0, type.Rank)
            .Where(k => subscripts[k].Step is not null)
            .Aggregate(emit.Index(0), (sum, k) => emit.Add(sum, emit.Mul(first[k], flat.Strides[k])));
        var step = Enumerable
            .Range(0, type.Rank)
            .Where(k => subscripts[k].Step is not (null or 0))
            .Aggregate(
                emit.Index(0),
                (sum, k) => emit.Add(sum, emit.Mul(emit.Index(subscripts[k].Step!.Value), flat.Strides[k]))
            );
        var places = Enumerable
            .Range(0, type.Rank)
            .Where(k => subscripts[k].Step is null)
            .Select(k => Scaled(emit, subscripts[k].Lanes!, flat.Strides[k]))
            .ToList();
        if (mask is null && places.Count == 0 && step.ConstInt is { } known && IsPermuted((long)known))
        {
            return LoadPermuted(emit, flat.Row, offset, (int)known, vector);
        }

        if (places.Count == 0 || step.ConstInt != 0)
        {
            places.Add(Scaled(emit, _hoist.Step(VectorOf(IndexType.Instance)), step));
        }

        return Gather(emit, flat.Row, offset, places.Aggregate(emit.AddVectors), vector, mask);
    }

    private bool IsPermuted(long step) => step == -1 || (step > 0 && step <= Math.Min(MaxPermuted, _lanes));

    private Value Scaled(Emitter emit, Value lanes, Value factor) =>
        factor.ConstInt == 1
            ? lanes
            : emit.Insert(new MulIOp(emit.Location, lanes, emit.Broadcast(factor, (VectorType)lanes.Type))).Result;

    private Value Gather(Emitter emit, Value row, Value offset, Value places, VectorType type, Value? mask) =>
        emit.Gather(
            row,
            offset,
            places,
            mask ?? _hoist.Constant(DenseElementsAttr.Splat(VectorOf(IntegerType.I1), IntegerAttr.True)),
            Splat(_hoist, type, null)
        );

    /// <summary>Elements at a small distance from each other: whole vectors from the first to the last of them and no further, permuted.</summary>
    private static Value LoadPermuted(Emitter emit, Value row, Value offset, int step, VectorType type)
    {
        var lanes = (int)type.Shape[0];
        if (step == -1)
        {
            var reversed = emit.VectorLoad(type, row, [emit.Sub(offset, emit.Index(lanes - 1))]);
            return emit.Shuffle(reversed, reversed, [.. Enumerable.Range(0, lanes).Select(i => lanes - 1 - i)]);
        }

        // One register at a time: it takes its elements from as many others as the distance says, the last of which ends with the last element.
        var count = Math.Min(lanes, 512 / Math.Max(8, BitsOf(type.ElementType)));
        var register = VectorType.Get([count], type.ElementType);
        var registers = new List<Value>();
        for (var lane = 0; lane < lanes; lane += count)
        {
            Value? taken = null;
            for (var next = 0; next < step; next++)
            {
                var part = next;
                var start = Math.Min(part * count, ((count - 1) * step) + 1 - count);
                var read = emit.VectorLoad(register, row, [emit.Add(offset, emit.Index((lane * step) + start))]);
                taken = taken is null ? read : emit.Shuffle(taken, read, [.. Enumerable.Range(0, count).Select(Lane)]);

                // From this register, from those before it, or from one that comes later.
                int Lane(int i) =>
                    i * step / count == part ? count + (i * step) - start
                    : i * step / count < part && part == 1 ? i * step
                    : i;
            }

            registers.Add(taken!);
        }

        while (registers.Count > 1)
        {
            registers = [.. registers.Chunk(2).Select(pair => emit.Concatenate(pair[0], pair[1]))];
        }

        return registers[0];
    }

    /// <summary>The array as one row, made in front of the loop.</summary>
    private FlatArray Flatten(Value array)
    {
        if (_flat.TryGetValue(array, out var known))
        {
            return known;
        }

        var type = (MemRefType)array.Type;
        var strides = type.StridesAndOffset!.Value.Strides;
        if (type.Rank == 1 && strides[0] == 1)
        {
            return _flat[array] = new FlatArray(array, [_hoist.Index(1)]);
        }

        var parts = _hoist.Insert(new ExtractStridedMetadataOp(_hoist.Location, array));
        Value[] steps =
        [
            .. parts.Strides.Select((s, k) => strides[k] == ShapedType.Dynamic ? s : _hoist.Index(strides[k])),
        ];
        var end = _hoist.Index(1);
        for (var k = 0; k < type.Rank; k++)
        {
            end = _hoist.Add(end, _hoist.Mul(_hoist.Sub(_hoist.MemRefDim(array, k), _hoist.Index(1)), steps[k]));
        }

        var row = _hoist.Insert(
            new ReinterpretCastOp(
                _hoist.Location,
                parts.BaseBuffer,
                [parts.Offset],
                [_hoist.Max(end, _hoist.Index(0))],
                [],
                DenseArrayAttr.I64(ShapedType.Dynamic),
                DenseArrayAttr.I64(ShapedType.Dynamic),
                DenseArrayAttr.I64(1),
                MemRefType.Get(
                    [ShapedType.Dynamic],
                    type.ElementType,
                    StridedLayoutAttr.Get(ShapedType.Dynamic, [1]),
                    type.MemorySpace
                )
            )
        );
        return _flat[array] = new FlatArray(row.Result, steps);
    }
}
