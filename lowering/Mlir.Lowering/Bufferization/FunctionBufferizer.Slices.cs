using Mlir.Dialects;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <content>Parts of arrays.</content>
internal sealed partial class FunctionBufferizer
{
    /// <summary>A slice is a view: whoever writes to the array while somebody still reads the slice writes to a copy.</summary>
    private void ConvertSlice(Emitter emit, Tensor.ExtractSliceOp slice)
    {
        var source = BufferOf(emit, slice.Source);
        var view = SubView(emit, slice, slice, source, (ShapedType)slice.Result.Type);
        _memory.SetView(slice.Result, view, source, isWhole: false);
        _memory.Bury(slice);
    }

    /// <summary>The part is copied into the array, in place where nobody else reads that later.</summary>
    private void ConvertInsertSlice(Emitter emit, Tensor.InsertSliceOp slice)
    {
        var source = BufferOf(emit, slice.Source);
        var target = Writable(emit, slice.Dest, slice, keepContents: true);
        emit.Copy(source, SubView(emit, slice, slice, target, (ShapedType)source.Type));
        _memory.Set(slice.Result, target);
        _memory.Bury(slice);
    }

    /// <summary>The padding goes everywhere, then the array into the middle.</summary>
    private void ConvertPad(Emitter emit, Tensor.PadOp pad)
    {
        var source = BufferOf(emit, pad.Source);
        var type = (MemRefType)Bufferize.BufferType(pad.Result.Type);
        var (lows, highs) = (Mixed(emit, pad.StaticLow, pad.Low), Mixed(emit, pad.StaticHigh, pad.High));
        var inner = Enumerable.Range(0, type.Rank).Select(d => emit.MemRefDim(source, d)).ToArray();
        var sizes = inner.Select((n, d) => emit.Add(emit.Add(lows[d], n), highs[d])).ToArray();
        var buffer = Allocate(emit, pad.Result, [.. sizes.Where((_, d) => type.IsDynamicDim(d))], pad.Block!);
        if (pad.ConstantPadding is { } scalar)
        {
            Fill(emit, buffer, scalar);
        }
        else
        {
            Compute(emit, buffer, pad.Body.Single, pad);
        }

        // A constant is part of the type of a view, so that only what is not known is a value.
        var view = emit.Insert(
            new SubViewOp(
                pad.Location,
                buffer,
                [.. lows.Where((_, d) => pad.StaticLow.Values[d] == ShapedType.Dynamic)],
                [.. inner.Where((_, d) => ((MemRefType)source.Type).IsDynamicDim(d))],
                [],
                pad.StaticLow,
                DenseArrayAttr.I64([.. ((MemRefType)source.Type).Shape]),
                DenseArrayAttr.I64([.. Enumerable.Repeat(1L, type.Rank)]),
                PadViewType(pad, type, (MemRefType)source.Type)
            )
        );
        emit.Copy(source, view.Result);
        _memory.Bury(pad);
    }

    private static MemRefType PadViewType(Tensor.PadOp pad, MemRefType whole, MemRefType part)
    {
        var (offset, strides) = whole.StridesAndOffset!.Value;
        for (var i = 0; i < whole.Rank; i++)
        {
            var moved = Times(strides[i], pad.StaticLow.Values[i]);
            offset = offset == ShapedType.Dynamic || moved == ShapedType.Dynamic ? ShapedType.Dynamic : offset + moved;
        }

        return MemRefType.Get(part.Shape.Span, whole.ElementType, StridedLayoutAttr.Get(offset, [.. strides]));
    }

    private static Value[] Mixed(Emitter emit, DenseArrayAttr known, OperandList values)
    {
        var next = 0;
        return [.. known.Values.Select(n => n == ShapedType.Dynamic ? values[next++] : emit.Index(n))];
    }

    private static Value SubView(Emitter emit, Operation op, ISlice slice, Value whole, ShapedType part) =>
        emit.Insert(
            new SubViewOp(
                op.Location,
                whole,
                slice.Offsets.ToArray(),
                slice.Sizes.ToArray(),
                slice.Strides.ToArray(),
                slice.StaticOffsets,
                slice.StaticSizes,
                slice.StaticStrides,
                SubViewType(slice, (MemRefType)whole.Type, part)
            )
        ).Result;

    /// <summary>The view's strides are the source's times the slice's; what is not a constant is left open.</summary>
    private static MemRefType SubViewType(ISlice slice, MemRefType source, ShapedType result)
    {
        var rank = source.Rank;
        var (offset, strides) = source.StridesAndOffset!.Value;
        var viewStrides = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var (start, step) = (slice.StaticOffsets.Values[i], slice.StaticStrides.Values[i]);
            viewStrides[i] = Times(strides[i], step);
            var moved = Times(strides[i], start);
            offset = offset == ShapedType.Dynamic || moved == ShapedType.Dynamic ? ShapedType.Dynamic : offset + moved;
        }

        // A slice may drop dimensions of size one.
        var sizes = slice.StaticSizes.Values;
        var kept = new List<int>();
        for (var i = 0; i < rank; i++)
        {
            if (
                rank - i > result.Rank - kept.Count
                && sizes[i] == 1
                && (kept.Count == result.Rank || result.Shape[kept.Count] != 1)
            )
            {
                continue;
            }

            kept.Add(i);
        }

        return MemRefType.Get(
            [.. kept.Select(i => sizes[i])],
            source.ElementType,
            StridedLayoutAttr.Get(offset, [.. kept.Select(i => viewStrides[i])])
        );
    }

    private static long Times(long a, long b) =>
        a == 0 || b == 0 ? 0
        : a == ShapedType.Dynamic || b == ShapedType.Dynamic ? ShapedType.Dynamic
        : a * b;
}
