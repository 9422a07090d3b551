using Mlir.Dialects.MemRef;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <content>The same elements under another shape: views wherever the elements lie side by side.</content>
internal sealed partial class FunctionBufferizer
{
    private void ConvertCast(Emitter emit, Tensor.CastOp cast)
    {
        var source = BufferOf(emit, cast.Source);

        // A view keeps its strides.
        var type = (MemRefType)Bufferize.BufferType(cast.Dest.Type);
        if (source.Type is MemRefType { Layout: { } layout })
        {
            type = MemRefType.Get(type.Shape.Span, type.ElementType, layout);
        }

        var view = emit.Insert(new CastOp(cast.Location, source, type)).Dest;
        _memory.SetView(cast.Dest, view, source, isWhole: true);
        _memory.Bury(cast);
    }

    private void ConvertExpand(Emitter emit, Tensor.ExpandShapeOp expand)
    {
        var source = Dense(emit, BufferOf(emit, expand.Src));
        var view = emit.Insert(
            new ExpandShapeOp(
                expand.Location,
                source,
                expand.OutputShape.ToArray(),
                expand.Reassociation,
                expand.StaticOutputShape,
                Bufferize.BufferType(expand.Result.Type)
            )
        );
        _memory.SetView(expand.Result, view.Result, source, isWhole: true);
        _memory.Bury(expand);
    }

    private void ConvertCollapse(Emitter emit, Tensor.CollapseShapeOp collapse)
    {
        var source = Dense(emit, BufferOf(emit, collapse.Src));
        var view = emit.Insert(
            new CollapseShapeOp(
                collapse.Location,
                source,
                collapse.Reassociation,
                Bufferize.BufferType(collapse.Result.Type)
            )
        );
        _memory.SetView(collapse.Result, view.Result, source, isWhole: true);
        _memory.Bury(collapse);
    }

    // reshape %t(%shape) → reinterpret_cast %t to sizes: [%shape[0], …], strides: [… * %shape[k], 1]
    private void ConvertReshape(Emitter emit, Tensor.ReshapeOp reshape)
    {
        if (reshape.Source.Type is not RankedTensorType || reshape.Result.Type is not RankedTensorType)
        {
            throw new DiagnosticException(Unsupported.At(reshape.Location, reshape.Name));
        }

        var source = Dense(emit, BufferOf(emit, reshape.Source));
        var shape = BufferOf(emit, reshape.Shape);
        var type = (MemRefType)Bufferize.BufferType(reshape.Result.Type);
        var sizes = new Value[type.Rank];
        var strides = new Value[type.Rank];
        for (var i = type.Rank - 1; i >= 0; i--)
        {
            sizes[i] = type.IsDynamicDim(i) ? SizeAt(emit, shape, i) : emit.Index(type.Shape[i]);
            strides[i] = i == type.Rank - 1 ? emit.Index(1) : emit.Mul(strides[i + 1], sizes[i + 1]);
        }

        var layout = type.StridesAndOffset!.Value;
        var view = emit.Insert(
            new ReinterpretCastOp(
                reshape.Location,
                source,
                [],
                [.. sizes.Where((_, i) => type.IsDynamicDim(i))],
                [.. strides.Where((_, i) => layout.Strides[i] == ShapedType.Dynamic)],
                DenseArrayAttr.I64(0L),
                DenseArrayAttr.I64([.. type.Shape]),
                DenseArrayAttr.I64([.. layout.Strides]),
                type
            )
        );
        _memory.SetView(reshape.Result, view.Result, source, isWhole: true);
        _memory.Bury(reshape);
    }

    private static Value SizeAt(Emitter emit, Value shape, int i)
    {
        var size = emit.Load(shape, [emit.Index(i)]);
        return size.Type is IndexType
            ? size
            : emit.Insert(new Arith.IndexCastOp(emit.Location, size, IndexType.Instance)).Out;
    }

    /// <summary>The array itself when its elements lie side by side in row-major order; else a copy.</summary>
    private Value Dense(Emitter emit, Value buffer)
    {
        if (buffer.Type is MemRefType { Layout: null })
        {
            return buffer;
        }

        var type = (MemRefType)buffer.Type;
        var copy = Duplicate(emit, buffer, MemRefType.Get(type.Shape.Span, type.ElementType), keepContents: true);
        _memory.Own(copy, emit.Builder.Block!);
        return copy;
    }
}
