using Mlir.Dialects.Vector;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>vector</c> dialect.</summary>
internal static class VectorHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        RegisterShapes(table);
        RegisterMemory(table);
        table.Add<FMAOp>((b, op) => FloatFormats.Dispatch(b, op, op.Lhs.Type, new Fma(b, op)));
        table.Add<ReductionOp>(Reduction);
        table.Add<StepOp>(
            (b, op) =>
            {
                var type = (VectorType)op.Result.Type;
                var array = new ArrayValue(ElementKinds.Of(type.ElementType), [.. type.Shape]);
                for (long i = 0; i < array.Count; i++)
                {
                    array.Storage.Store(i, i);
                }

                b.SetConstant(op.Result, array);
            }
        );
        table.Add<CreateMaskOp>(
            (b, op) =>
            {
                var (limits, sizes, result) = (
                    op.Operands.ToArray().Select(b.Scalar).ToArray(),
                    ((VectorType)op.Result.Type).Shape.ToArray(),
                    b.Object(op.Result)
                );
                b.Emit(frame => frame.Objects[result] = Mask(sizes, [.. limits.Select(l => frame.Scalars[l])]));
            }
        );
        table.Add<ConstantMaskOp>(
            (b, op) => b.SetConstant(op.Result, Mask([.. ((VectorType)op.Result.Type).Shape], [.. op.MaskDimSizes]))
        );
    }

    private static void RegisterShapes(HandlerTable.Registration table)
    {
        table.Add<BroadcastOp>(Broadcast);
        table.Add<FromElementsOp>((b, op) => TensorHandlers.FromElements(b, op.Results[0], op.Operands));
        table.Add<ToElementsOp>(
            (b, op) =>
            {
                var (source, results) = (b.Object(op.Operands[0]), b.RegistersOf(op.Results));
                b.Emit(frame =>
                {
                    var array = frame.Array(source).Dense();
                    for (var i = 0; i < results.Length; i++)
                    {
                        ArrayAccess.Get(array.Storage, array.Offset + i, results[i], frame);
                    }
                });
            }
        );
        table.Add<ShapeCastOp>(
            (b, op) =>
            {
                var sizes = ((VectorType)op.Result.Type).Shape.ToArray();
                TensorHandlers.View(
                    b,
                    op.Source,
                    op.Result,
                    (array, _) =>
                    {
                        var dense = array.Dense();
                        return new ArrayValue(dense.Storage, dense.Offset, sizes, ArrayValue.DenseStrides(sizes));
                    }
                );
            }
        );
        table.Add<BitCastOp>(
            (b, op) =>
            {
                var type = (VectorType)op.Result.Type;
                TensorHandlers.View(b, op.Source, op.Result, (array, _) => BitCast(array.Copy(), type));
            }
        );
        table.Add<ShuffleOp>(Shuffle);
        table.Add<ExtractOp>(
            (b, op) =>
            {
                var (position, source, result) = (
                    new MixedSizes(b, op.StaticPosition.Values, op.DynamicPosition),
                    b.Object(op.Source),
                    b.RegisterOf(op.Result)
                );
                var isVector = op.Result.Type is VectorType;
                b.Emit(frame =>
                {
                    var part = Part(frame.Array(source), position.Evaluate(frame), op);
                    if (isVector)
                    {
                        frame.Objects[result.Index] = part;
                    }
                    else
                    {
                        ArrayAccess.Get(part.Storage, part.Offset, result, frame);
                    }
                });
            }
        );
        table.Add<InsertOp>(
            (b, op) =>
            {
                var (position, value) = (
                    new MixedSizes(b, op.StaticPosition.Values, op.DynamicPosition),
                    b.RegisterOf(op.ValueToStore)
                );
                var isVector = op.ValueToStore.Type is VectorType;
                TensorHandlers.View(
                    b,
                    op.Dest,
                    op.Result,
                    (array, frame) =>
                    {
                        var copy = array.Copy();
                        var part = Part(copy, position.Evaluate(frame), op);
                        if (isVector)
                        {
                            part.CopyFrom(frame.Array(value.Index));
                        }
                        else
                        {
                            ArrayAccess.Set(part.Storage, part.Offset, value, frame);
                        }

                        return copy;
                    }
                );
            }
        );
    }

    private static void RegisterMemory(HandlerTable.Registration table)
    {
        table.Add<LoadOp>((b, op) => Load(b, op, op.Base, op.Indices, null, null, op.Result));
        table.Add<MaskedLoadOp>((b, op) => Load(b, op, op.Base, op.Indices, op.Mask, op.PassThru, op.Result));
        table.Add<StoreOp>((b, op) => Store(b, op, op.Base, op.Indices, null, op.ValueToStore));
        table.Add<MaskedStoreOp>((b, op) => Store(b, op, op.Base, op.Indices, op.Mask, op.ValueToStore));
        table.Add<GatherOp>(
            (b, op) =>
            {
                var (memory, start, indices) = (
                    b.Object(op.Base),
                    op.Offsets.ToArray().Select(b.Scalar).ToArray(),
                    b.Object(op.Indices)
                );
                var (mask, otherwise, result) = (b.Object(op.Mask), b.Object(op.PassThru), b.Object(op.Result));
                b.Emit(frame =>
                {
                    var output = frame.Array(otherwise).Copy();
                    Scattered(
                        frame,
                        op,
                        memory,
                        start,
                        indices,
                        mask,
                        (storage, position, lane) => output.Storage.CopyElement(lane, storage, position)
                    );
                    frame.Objects[result] = output;
                });
            }
        );
        table.Add<ScatterOp>(
            (b, op) =>
            {
                var (memory, start, indices) = (
                    b.Object(op.Base),
                    op.Offsets.ToArray().Select(b.Scalar).ToArray(),
                    b.Object(op.Indices)
                );
                var (mask, value) = (b.Object(op.Mask), b.Object(op.ValueToStore));
                b.Emit(frame =>
                {
                    var input = frame.Array(value).Dense();
                    Scattered(
                        frame,
                        op,
                        memory,
                        start,
                        indices,
                        mask,
                        (storage, position, lane) => storage.CopyElement(position, input.Storage, input.Offset + lane)
                    );
                });
            }
        );
    }

    private static void Broadcast(FunctionBuilder builder, BroadcastOp op)
    {
        var type = (VectorType)op.Vector.Type;
        var sizes = type.Shape.ToArray();
        var (source, result, kind) = (
            builder.RegisterOf(op.Source),
            builder.Object(op.Vector),
            ElementKinds.Of(type.ElementType)
        );
        var isVector = op.Source.Type is VectorType;
        builder.Emit(frame =>
        {
            // Strides of zero repeat elements; dimensions align at the end.
            var strides = new long[sizes.Length];
            if (isVector)
            {
                var from = frame.Array(source.Index);
                for (var i = 1; i <= from.Rank; i++)
                {
                    strides[^i] = from.Sizes[^i] == 1 ? 0 : from.Strides[^i];
                }

                frame.Objects[result] = new ArrayValue(from.Storage, from.Offset, sizes, strides).Dense();
                return;
            }

            var one = new Storage(kind, 1);
            ArrayAccess.Set(one, 0, source, frame);
            frame.Objects[result] = new ArrayValue(one, 0, sizes, strides).Dense();
        });
    }

    private static void Shuffle(FunctionBuilder builder, ShuffleOp op)
    {
        var (v1, v2, mask) = (builder.Object(op.V1), builder.Object(op.V2), op.Mask.Values.ToArray());
        var result = builder.Object(op.Vector);
        var sizes = ((VectorType)op.Vector.Type).Shape.ToArray();
        builder.Emit(frame =>
        {
            var (a, b) = (frame.Array(v1).Dense(), frame.Array(v2).Dense());
            var output = new ArrayValue(a.Kind, sizes);
            var (firstSize, row) = (
                a.Rank == 0 ? 1 : a.Sizes[0],
                a.Rank == 0 || a.Count == 0 ? 1 : a.Count / a.Sizes[0]
            );
            for (var i = 0; i < mask.Length; i++)
            {
                // A negative position is poison: whatever stands there stays.
                var from = mask[i] < firstSize ? a : b;
                var at = mask[i] < firstSize ? mask[i] : mask[i] - firstSize;
                for (long k = 0; mask[i] >= 0 && k < row; k++)
                {
                    output.Storage.CopyElement((i * row) + k, from.Storage, from.Offset + (at * row) + k);
                }
            }

            frame.Objects[result] = output;
        });
    }

    private static ArrayValue BitCast(ArrayValue array, VectorType type)
    {
        var (from, to) = (array.Kind.Size(), ElementKinds.Of(type.ElementType).Size());
        var result = new ArrayValue(ElementKinds.Of(type.ElementType), [.. type.Shape]);
        Buffer.BlockCopy(
            array.Storage.Data,
            0,
            result.Storage.Data,
            0,
            (int)Math.Min(array.Count * from, result.Count * to)
        );
        return result;
    }

    private static ArrayValue Part(ArrayValue array, long[] position, Operation op)
    {
        var offset = array.Offset;
        for (var i = 0; i < position.Length; i++)
        {
            if ((ulong)position[i] >= (ulong)array.Sizes[i])
            {
                throw Views.OutOfRange(op, position[i], i, array.Sizes[i]);
            }

            offset += position[i] * array.Strides[i];
        }

        return new ArrayValue(array.Storage, offset, array.Sizes[position.Length..], array.Strides[position.Length..]);
    }

    private static ArrayValue Mask(long[] sizes, long[] limits)
    {
        var mask = new ArrayValue(ElementKind.I1, sizes);
        var walker = new ElementWalker(mask);
        for (long i = 0; i < mask.Count; i++, walker.MoveNext())
        {
            var inside = true;
            for (var d = 0; d < limits.Length; d++)
            {
                inside &= walker.Index[d] < limits[d];
            }

            mask.Storage.Store(i, inside ? -1 : 0);
        }

        return mask;
    }

    private static void Load(
        FunctionBuilder builder,
        Operation op,
        Value memory,
        OperandList indices,
        Value? mask,
        Value? otherwise,
        Value result
    )
    {
        var type = (VectorType)result.Type;
        var access = new Access(builder, op, memory, indices, mask, type);
        var passThrough = otherwise is null ? -1 : builder.Object(otherwise);
        var (to, kind, sizes) = (builder.Object(result), ElementKinds.Of(type.ElementType), type.Shape.ToArray());
        builder.Emit(frame =>
        {
            var output = passThrough < 0 ? new ArrayValue(kind, sizes) : frame.Array(passThrough).Copy();
            access.ForEach(frame, (storage, position, lane) => output.Storage.CopyElement(lane, storage, position));
            frame.Objects[to] = output;
        });
    }

    private static void Store(
        FunctionBuilder builder,
        Operation op,
        Value memory,
        OperandList indices,
        Value? mask,
        Value value
    )
    {
        var access = new Access(builder, op, memory, indices, mask, (VectorType)value.Type);
        var from = builder.Object(value);
        builder.Emit(frame =>
        {
            var input = frame.Array(from).Dense();
            access.ForEach(
                frame,
                (storage, position, lane) => storage.CopyElement(position, input.Storage, input.Offset + lane)
            );
        });
    }

    private static void Scattered(
        Frame frame,
        Operation op,
        int memory,
        int[] start,
        int indices,
        int mask,
        Action<Storage, long, long> action
    )
    {
        var (array, lanes, enabled) = (frame.Array(memory), frame.Array(indices).Dense(), frame.Array(mask).Dense());
        for (long lane = 0; lane < lanes.Count; lane++)
        {
            if (enabled.Storage.Load(enabled.Offset + lane) == 0)
            {
                continue;
            }

            var position = array.Offset;
            for (var d = 0; d < start.Length; d++)
            {
                var index =
                    frame.Scalars[start[d]] + (d == start.Length - 1 ? lanes.Storage.Load(lanes.Offset + lane) : 0);
                if ((ulong)index >= (ulong)array.Sizes[d])
                {
                    throw Views.OutOfRange(op, index, d, array.Sizes[d]);
                }

                position += index * array.Strides[d];
            }

            action(array.Storage, position, lane);
        }
    }

    private static void Reduction(FunctionBuilder builder, ReductionOp op)
    {
        var type = ((VectorType)op.Vector.Type).ElementType;
        var combine = Combine(op, type);
        var (vector, start, result) = (
            builder.Object(op.Vector),
            op.Acc is { } acc ? builder.Scalar(acc) : -1,
            builder.Scalar(op.Dest)
        );
        builder.Emit(frame =>
        {
            // From the first element to the last: the order in which LLVM's sequential reductions work.
            var array = frame.Array(vector).Dense();
            var sum = start < 0 ? array.Storage.Load(array.Offset) : frame.Scalars[start];
            for (long i = start < 0 ? 1 : 0; i < array.Count; i++)
            {
                sum = combine(sum, array.Storage.Load(array.Offset + i));
            }

            frame.Scalars[result] = sum;
        });
    }

    private static Func<long, long, long> Combine(ReductionOp op, IrType type)
    {
        var shift = ElementKinds.WrapShift(type);
        return (op.Kind, ElementKinds.Of(type)) switch
        {
            (CombiningKind.And, _) => static (a, b) => a & b,
            (CombiningKind.Or, _) => static (a, b) => a | b,
            (CombiningKind.Xor, _) => static (a, b) => a ^ b,
            (CombiningKind.MinSI, _) => Math.Min,
            (CombiningKind.MaxSI, _) => Math.Max,
            (CombiningKind.MinUI, _) => static (a, b) => (ulong)a < (ulong)b ? a : b,
            (CombiningKind.MaxUI, _) => static (a, b) => (ulong)a > (ulong)b ? a : b,
            (var kind, ElementKind.F64) => Float<F64>(kind),
            (var kind, ElementKind.F32) => Float<F32>(kind),
            (var kind, ElementKind.F16) => Float<F16>(kind),
            (var kind, ElementKind.BF16) => Float<BF16>(kind),
            (CombiningKind.Add, not ElementKind.Boxed) => (a, b) => a + b << shift >> shift,
            (CombiningKind.Mul, not ElementKind.Boxed) => (a, b) => a * b << shift >> shift,
            _ => throw FunctionBuilder.Unsupported(op, $" on elements of {type}"),
        };
    }

    private static Func<long, long, long> Float<TFormat>(CombiningKind kind)
        where TFormat : struct, IFloatFormat =>
        kind switch
        {
            CombiningKind.Add => static (a, b) => TFormat.Encode(TFormat.Decode(a) + TFormat.Decode(b)),
            CombiningKind.Mul => static (a, b) => TFormat.Encode(TFormat.Decode(a) * TFormat.Decode(b)),
            CombiningKind.MaximumF => static (a, b) => TFormat.Encode(Math.Max(TFormat.Decode(a), TFormat.Decode(b))),
            CombiningKind.MinimumF => static (a, b) => TFormat.Encode(Math.Min(TFormat.Decode(a), TFormat.Decode(b))),
            CombiningKind.MaxNumF => static (a, b) =>
                TFormat.Encode(double.MaxNumber(TFormat.Decode(a), TFormat.Decode(b))),
            _ => static (a, b) => TFormat.Encode(double.MinNumber(TFormat.Decode(a), TFormat.Decode(b))),
        };

    private readonly struct Fma(FunctionBuilder builder, FMAOp op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat => builder.Elementwise(op, op.Results[0], default(FmaRule<TFormat>));
    }

    /// <summary>A vector's lanes in memory: they follow one another from a place along the last dimensions.</summary>
    private sealed class Access(
        FunctionBuilder builder,
        Operation op,
        Value memory,
        OperandList indices,
        Value? mask,
        VectorType type
    )
    {
        private readonly int _memory = builder.Object(memory);
        private readonly int[] _indices = [.. indices.ToArray().Select(builder.Scalar)];
        private readonly int _mask = mask is null ? -1 : builder.Object(mask);
        private readonly long[] _sizes = [.. type.Shape];

        public void ForEach(Frame frame, Action<Storage, long, long> action)
        {
            var array = frame.Array(_memory);
            if (array.Storage.IsFreed)
            {
                throw new UndefinedBehaviorException(op.Name, "uses an array that was freed", op.Location);
            }

            var enabled = _mask < 0 ? null : frame.Array(_mask).Dense();
            var lanes = new ElementWalker(new ArrayValue(array.Storage, 0, _sizes, ArrayValue.DenseStrides(_sizes)));
            var count = ArrayValue.CountOf(_sizes);
            var lead = _indices.Length - _sizes.Length;
            for (long lane = 0; lane < count; lane++, lanes.MoveNext())
            {
                if (enabled is not null && enabled.Storage.Load(enabled.Offset + lane) == 0)
                {
                    continue;
                }

                var position = array.Offset;
                for (var d = 0; d < _indices.Length; d++)
                {
                    var index = frame.Scalars[_indices[d]] + (d >= lead ? lanes.Index[d - lead] : 0);
                    if ((ulong)index >= (ulong)array.Sizes[d])
                    {
                        throw Views.OutOfRange(op, index, d, array.Sizes[d]);
                    }

                    position += index * array.Strides[d];
                }

                action(array.Storage, position, lane);
            }
        }
    }
}
