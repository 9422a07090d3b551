using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>memref</c> dialect.</summary>
internal static class MemRefHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<AllocOp>((b, op) => TensorHandlers.Make(b, op.Memref, op.DynamicSizes));
        table.Add<AllocaOp>((b, op) => TensorHandlers.Make(b, op.Memref, op.DynamicSizes));
        table.Add<DeallocOp>(Dealloc);
        table.Add<LoadOp>((b, op) => ArrayAccess.Load(b, op, op.Memref, op.Indices, op.Result));
        table.Add<StoreOp>((b, op) => ArrayAccess.Store(b, op, op.Memref, op.Indices, op.Value));
        table.Add<CopyOp>(
            (b, op) =>
            {
                var (source, target) = (b.Object(op.Source), b.Object(op.Target));
                b.Emit(frame =>
                {
                    ArrayAccess.CheckSameSizes(op, frame.Array(source), frame.Array(target));
                    frame.Array(target).CopyFrom(frame.Array(source));
                });
            }
        );
        table.Add<DimOp>((b, op) => TensorHandlers.Dim(b, op, op.Source, op.Index, op.Result));
        table.Add<ExtractAlignedPointerAsIndexOp>(
            (b, op) =>
            {
                // Arrays here have no address: each begins at the same one, which is aligned as elements are and no better.
                var (to, size) = (
                    b.Scalar(op.AlignedPointer),
                    DenseElementsAttr.ElementSize(((ShapedType)op.Source.Type).ElementType)
                );
                b.Emit(frame => frame.Scalars[to] = 4096 + size);
            }
        );
        table.Add<RankOp>((b, op) => TensorHandlers.Rank(b, op.Memref, op.Results[0]));
        table.Add<CastOp>((b, op) => TensorHandlers.Cast(b, op, op.Source, op.Dest));
        table.Add<MemorySpaceCastOp>((b, op) => TensorHandlers.Cast(b, op, op.Source, op.Dest));
        table.Add<AssumeAlignmentOp>(
            (b, op) => TensorHandlers.View(b, op.Memref, op.Results[0], static (array, _) => array)
        );
        table.Add<SubViewOp>((b, op) => TensorHandlers.Slice(b, op, op, op.Source, op.Result));
        table.Add<CollapseShapeOp>(
            (b, op) =>
                TensorHandlers.View(
                    b,
                    op.Operands[0],
                    op.Results[0],
                    (array, _) => Views.Collapse(array, op.Groups, mayCopy: false)
                )
        );
        table.Add<ExpandShapeOp>(
            (b, op) =>
            {
                var sizes = new MixedSizes(b, op.StaticOutputShape.Values, op.OutputShape);
                TensorHandlers.View(
                    b,
                    op.Operands[0],
                    op.Results[0],
                    (array, frame) => Views.Expand(array, op.Groups, sizes.Evaluate(frame), mayCopy: false, op)
                );
            }
        );
        table.Add<ReinterpretCastOp>(
            (b, op) =>
            {
                var offsets = new MixedSizes(b, op.StaticOffsets.Values, op.Offsets);
                var sizes = new MixedSizes(b, op.StaticSizes.Values, op.Sizes);
                var strides = new MixedSizes(b, op.StaticStrides.Values, op.Strides);
                TensorHandlers.View(
                    b,
                    op.Source,
                    op.Result,
                    (array, frame) =>
                        Reinterpret(
                            array,
                            offsets.Evaluate(frame)[0],
                            sizes.Evaluate(frame),
                            strides.Evaluate(frame),
                            op
                        )
                );
            }
        );
        table.Add<ExtractStridedMetadataOp>(ExtractMetadata);
        table.Add<GlobalOp>(static (_, _) => { });
        table.Add<GetGlobalOp>((b, op) => b.SetConstant(op.Result, b.Program.Global(op, op.SymbolName)));
    }

    private static void Dealloc(FunctionBuilder builder, DeallocOp op)
    {
        var array = builder.Object(op.Memref);
        builder.Emit(frame =>
        {
            var storage = frame.Array(array).Storage;
            if (storage.IsFreed)
            {
                throw new UndefinedBehaviorException(op.Name, "frees an array twice", op.Location);
            }

            storage.IsFreed = true;
        });
    }

    private static ArrayValue Reinterpret(ArrayValue array, long offset, long[] sizes, long[] strides, Operation op)
    {
        // The view must lie inside the storage, whatever the sizes of the source say.
        var (low, high) = (offset, offset);
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0)
            {
                return new ArrayValue(array.Storage, offset, sizes, strides);
            }

            var reach = checked((sizes[i] - 1) * strides[i]);
            (low, high) = reach < 0 ? (low + reach, high) : (low, high + reach);
        }

        return low >= 0 && high < array.Storage.Count
            ? new ArrayValue(array.Storage, offset, sizes, strides)
            : throw new UndefinedBehaviorException(
                op.Name,
                $"reaches from {low} to {high} in memory of {array.Storage.Count} elements",
                op.Location
            );
    }

    private static void ExtractMetadata(FunctionBuilder builder, ExtractStridedMetadataOp op)
    {
        var (source, buffer, offset) = (
            builder.Object(op.Source),
            builder.Object(op.BaseBuffer),
            builder.Scalar(op.Offset)
        );
        var sizes = op.Sizes.Select(builder.Scalar).ToArray();
        var strides = op.Strides.Select(builder.Scalar).ToArray();
        builder.Emit(frame =>
        {
            var array = frame.Array(source);
            frame.Objects[buffer] = new ArrayValue(array.Storage, 0, [], []);
            frame.Scalars[offset] = array.Offset;
            for (var i = 0; i < sizes.Length; i++)
            {
                frame.Scalars[sizes[i]] = array.Sizes[i];
                frame.Scalars[strides[i]] = array.Strides[i];
            }
        });
    }
}
