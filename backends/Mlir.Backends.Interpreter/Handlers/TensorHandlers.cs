using Mlir.Dialects;
using Mlir.Dialects.Bufferization;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>tensor</c> dialect, and of what passes between tensors and memory.</summary>
internal static class TensorHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<EmptyOp>((b, op) => Make(b, op.Result, op.DynamicSizes));
        table.Add<SplatOp>(Splat);
        table.Add<FromElementsOp>((b, op) => FromElements(b, op.Result, op.Operands));
        table.Add<GenerateOp>(
            (b, op) =>
                Generate(
                    b,
                    op.Result,
                    new MixedSizes(b, ((ShapedType)op.Result.Type).Shape, op.DynamicExtents),
                    op.Body.Single
                )
        );
        table.Add<PadOp>(Pad);
        table.Add<ExtractOp>((b, op) => ArrayAccess.Load(b, op, op.Tensor, op.Indices, op.Result));
        table.Add<InsertOp>(Insert);
        table.Add<DimOp>((b, op) => Dim(b, op, op.Source, op.Index, op.Result));
        table.Add<RankOp>((b, op) => Rank(b, op.Tensor, op.Result));
        table.Add<CastOp>((b, op) => Cast(b, op, op.Source, op.Dest));
        table.Add<ExtractSliceOp>((b, op) => Slice(b, op, op, op.Source, op.Result));
        table.Add<InsertSliceOp>(InsertSlice);
        table.Add<CollapseShapeOp>(
            (b, op) => View(b, op.Src, op.Result, (array, _) => Views.Collapse(array, op.Groups, mayCopy: true))
        );
        table.Add<ExpandShapeOp>(
            (b, op) =>
            {
                var sizes = new MixedSizes(b, op.StaticOutputShape.Values, op.OutputShape);
                View(
                    b,
                    op.Src,
                    op.Result,
                    (array, frame) => Views.Expand(array, op.Groups, sizes.Evaluate(frame), mayCopy: true, op)
                );
            }
        );
        table.Add<ReshapeOp>(
            (b, op) =>
            {
                var shape = b.Object(op.Shape);
                View(b, op.Source, op.Result, (array, frame) => Reshape(array, frame.Array(shape).Dense(), op));
            }
        );
        RegisterBufferization(table);
    }

    private static void RegisterBufferization(HandlerTable.Registration table)
    {
        table.Add<AllocTensorOp>(
            (b, op) =>
            {
                if (op.Copy is { } copy)
                {
                    View(b, copy, op.Result, static (array, _) => array);
                }
                else
                {
                    Make(b, op.Result, op.DynamicSizes);
                }
            }
        );
        table.Add<DeallocTensorOp>(static (_, _) => { });

        // Memory may be written after it was read as a tensor, and the other way round: both are copies.
        table.Add<ToTensorOp>((b, op) => View(b, op.Buffer, op.Result, static (array, _) => array.Copy()));
        table.Add<ToBufferOp>((b, op) => View(b, op.Tensor, op.Buffer, static (array, _) => array.Copy()));
        table.Add<MaterializeInDestinationOp>(
            (b, op) =>
            {
                var (source, dest) = (b.Object(op.Source), b.Object(op.Dest));
                if (op.Result is { } result)
                {
                    View(b, op.Source, result, static (array, _) => array);
                }
                else
                {
                    b.Emit(frame => frame.Array(dest).CopyFrom(frame.Array(source)));
                }
            }
        );
    }

    /// <summary>Appends the making of an array of the result's type.</summary>
    public static void Make(FunctionBuilder builder, Value result, OperandList dynamicSizes)
    {
        var type = (ShapedType)result.Type;
        var (sizes, kind, register) = (
            new MixedSizes(builder, type.Shape, dynamicSizes),
            ElementKinds.Of(type.ElementType),
            builder.Object(result)
        );
        builder.Emit(frame => frame.Objects[register] = new ArrayValue(kind, sizes.Evaluate(frame)));
    }

    /// <summary>Appends the making of an array from its elements.</summary>
    public static void FromElements(FunctionBuilder builder, Value result, OperandList elements)
    {
        var type = (ShapedType)result.Type;
        var (registers, register, kind) = (
            builder.RegistersOf(elements),
            builder.Object(result),
            ElementKinds.Of(type.ElementType)
        );
        builder.Emit(frame =>
        {
            var array = new ArrayValue(kind, [.. type.Shape]);
            for (var i = 0; i < registers.Length; i++)
            {
                ArrayAccess.Set(array.Storage, i, registers[i], frame);
            }

            frame.Objects[register] = array;
        });
    }

    /// <summary>Appends a step that makes an array from another.</summary>
    public static void View(
        FunctionBuilder builder,
        Value source,
        Value result,
        Func<ArrayValue, Frame, ArrayValue> view
    )
    {
        var (from, to) = (builder.Object(source), builder.Object(result));
        builder.Emit(frame => frame.Objects[to] = view(frame.Array(from), frame));
    }

    /// <summary>Appends the reading of a size.</summary>
    public static void Dim(FunctionBuilder builder, Operation op, Value source, Value index, Value result)
    {
        var (array, dimension, to) = (builder.Object(source), builder.Scalar(index), builder.Scalar(result));
        builder.Emit(frame =>
        {
            var sizes = frame.Array(array).Sizes;
            var d = frame.Scalars[dimension];
            frame.Scalars[to] =
                (ulong)d < (ulong)sizes.Length
                    ? sizes[d]
                    : throw new UndefinedBehaviorException(
                        op.Name,
                        $"asks for dimension {d} of {sizes.Length}",
                        op.Location
                    );
        });
    }

    /// <summary>Appends the reading of a rank.</summary>
    public static void Rank(FunctionBuilder builder, Value source, Value result)
    {
        var (array, to) = (builder.Object(source), builder.Scalar(result));
        builder.Emit(frame => frame.Scalars[to] = frame.Array(array).Rank);
    }

    /// <summary>Appends a cast that checks sizes.</summary>
    public static void Cast(FunctionBuilder builder, Operation op, Value source, Value result)
    {
        var type = (ShapedType)result.Type;
        View(
            builder,
            source,
            result,
            (array, _) =>
            {
                Views.CheckSizes(array, type, op);
                return array;
            }
        );
    }

    /// <summary>Appends the view of a part.</summary>
    public static void Slice(FunctionBuilder builder, Operation op, ISlice slice, Value source, Value result)
    {
        var (offsets, sizes, strides) = Parts(builder, slice);
        var dropped = Views.DroppedDimensions(slice, (ShapedType)result.Type);
        View(
            builder,
            source,
            result,
            (array, frame) =>
                Views.Slice(array, offsets.Evaluate(frame), sizes.Evaluate(frame), strides.Evaluate(frame), dropped, op)
        );
    }

    private static (MixedSizes Offsets, MixedSizes Sizes, MixedSizes Strides) Parts(
        FunctionBuilder builder,
        ISlice slice
    ) =>
        (
            new MixedSizes(builder, slice.StaticOffsets.Values, slice.Offsets),
            new MixedSizes(builder, slice.StaticSizes.Values, slice.Sizes),
            new MixedSizes(builder, slice.StaticStrides.Values, slice.Strides)
        );

    private static void Splat(FunctionBuilder builder, SplatOp op)
    {
        var type = (ShapedType)op.Aggregate.Type;
        var sizes = new MixedSizes(builder, type.Shape, op.DynamicSizes);
        var (input, result, kind) = (
            builder.RegisterOf(op.Input),
            builder.Object(op.Aggregate),
            ElementKinds.Of(type.ElementType)
        );
        builder.Emit(frame =>
        {
            // One element under strides of zero stands for all.
            var storage = new Storage(kind, 1);
            ArrayAccess.Set(storage, 0, input, frame);
            var all = sizes.Evaluate(frame);
            frame.Objects[result] = new ArrayValue(storage, 0, all, new long[all.Length]).Dense();
        });
    }

    private static void Generate(FunctionBuilder builder, Value made, MixedSizes sizes, Block block) =>
        Generate(builder, made, sizes.Evaluate, block);

    private static void Generate(FunctionBuilder builder, Value made, Func<Frame, long[]> sizes, Block block)
    {
        var type = (ShapedType)made.Type;
        var indices = block.Arguments.Select(builder.Scalar).ToArray();
        var yield = (YieldOp)block.Last!;
        var code = builder.BuildCode(() => builder.BuildOperations(block, before: yield));
        var (value, result, kind) = (
            builder.RegisterOf(yield.Value),
            builder.Object(made),
            ElementKinds.Of(type.ElementType)
        );
        builder.Emit(frame =>
        {
            var array = new ArrayValue(kind, sizes(frame));
            var walker = new ElementWalker(array);
            var count = array.Count;
            for (long i = 0; i < count; i++, walker.MoveNext())
            {
                for (var d = 0; d < indices.Length; d++)
                {
                    frame.Scalars[indices[d]] = walker.Index[d];
                }

                code.Run(frame);
                frame.Context.Tick(code.Length);
                ArrayAccess.Set(array.Storage, i, value, frame);
            }

            frame.Objects[result] = array;
        });
    }

    private static void Pad(FunctionBuilder builder, PadOp op)
    {
        var (low, high) = (
            new MixedSizes(builder, op.StaticLow.Values, op.Low),
            new MixedSizes(builder, op.StaticHigh.Values, op.High)
        );
        var (source, result) = (builder.Object(op.Source), builder.Object(op.Result));
        Generate(
            builder,
            op.Result,
            frame =>
            {
                var (before, inner, after) = (low.Evaluate(frame), frame.Array(source).Sizes, high.Evaluate(frame));
                return before.Concat(after).Any(n => n < 0)
                    ? throw new UndefinedBehaviorException(op.Name, "pads with fewer than no elements", op.Location)
                    : [.. inner.Select((n, d) => before[d] + n + after[d])];
            },
            op.Body.Single
        );
        builder.Emit(frame =>
        {
            var (array, part) = (frame.Array(result), frame.Array(source));
            Views.CheckSizes(array, (ShapedType)op.Result.Type, op);
            var ones = new long[part.Rank];
            Array.Fill(ones, 1);
            var middle = Views.Slice(array, low.Evaluate(frame), part.Sizes, ones, new bool[part.Rank], op);
            middle.CopyFrom(part);
        });
    }

    private static void Insert(FunctionBuilder builder, InsertOp op)
    {
        var indices = op.Indices.ToArray().Select(builder.Scalar).ToArray();
        var scalar = builder.RegisterOf(op.Scalar);
        View(
            builder,
            op.Dest,
            op.Result,
            (array, frame) =>
            {
                var copy = array.Copy();
                ArrayAccess.Set(copy.Storage, Views.Position(copy, frame.Scalars, indices, op), scalar, frame);
                return copy;
            }
        );
    }

    private static void InsertSlice(FunctionBuilder builder, InsertSliceOp op)
    {
        var (offsets, sizes, strides) = Parts(builder, op);
        var dropped = Views.DroppedDimensions(op, (ShapedType)op.Source.Type);
        var source = builder.Object(op.Source);
        View(
            builder,
            op.Dest,
            op.Result,
            (array, frame) =>
            {
                var copy = array.Copy();
                var part = frame.Array(source);
                var target = Views.Slice(
                    copy,
                    offsets.Evaluate(frame),
                    sizes.Evaluate(frame),
                    strides.Evaluate(frame),
                    dropped,
                    op
                );
                ArrayAccess.CheckSameSizes(op, part, target);
                target.CopyFrom(part);
                return copy;
            }
        );
    }

    private static ArrayValue Reshape(ArrayValue array, ArrayValue shape, Operation op)
    {
        var sizes = new long[shape.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = shape.Storage.Load(shape.Offset + i);
        }

        var dense = array.Dense();
        return ArrayValue.CountOf(sizes) == array.Count
            ? new ArrayValue(dense.Storage, dense.Offset, sizes, ArrayValue.DenseStrides(sizes))
            : throw new UndefinedBehaviorException(
                op.Name,
                $"gives {array.Count} elements the sizes [{string.Join(", ", sizes)}]",
                op.Location
            );
    }
}
