using Mlir.Dialects.MemRef;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>Arrays in memory: views only compute offsets, sizes and strides; accesses compute an address.</summary>
internal static class MemRefToLlvm
{
    /// <summary>On <c>memref.alloc</c>: the number of the function's result that the array becomes, an <c>i32</c>.</summary>
    public const string ResultAttribute = "mlir.result";

    public static void AddTo(ConversionTable table)
    {
        table.Add<AllocOp>(Alloc);
        table.Add<AllocaOp>(Alloca);
        table.Add<DeallocOp>(Dealloc);
        table.Add<LoadOp>(Load);
        table.Add<StoreOp>(Store);
        table.Add<DimOp>(Dim);
        table.Add<RankOp>((op, e) => e.Set(op.Result, e.I64(((MemRefType)op.Memref.Type).Rank)));
        table.Add<CastOp>(Cast);
        table.Add<SubViewOp>(SubView);
        table.Add<ReinterpretCastOp>(ReinterpretCast);
        table.Add<CollapseShapeOp>(Collapse);
        table.Add<ExpandShapeOp>(Expand);
        table.Add<GetGlobalOp>(GetGlobal);
        table.Add<ExtractStridedMetadataOp>(Metadata);
        table.Add<ExtractAlignedPointerAsIndexOp>(
            (op, e) => e.Replace(op, new LL.PtrToIntOp(op.Location, e.GetMemRef(op.Source).Base, IntegerType.I64))
        );
        table.Add<AssumeAlignmentOp>(AssumeAlignment);
        table.Add<MemorySpaceCastOp>(MemorySpaceCast);
        table.Add<ViewOp>(View);
    }

    private static MemRefValue Dense(LlvmEmitter e, MemRefType type, Value address, OperandList sizes)
    {
        var values = new Value?[type.Rank];
        var next = 0;
        for (var i = 0; i < type.Rank; i++)
        {
            values[i] = type.IsDynamicDim(i) ? e.Get(sizes[next++]) : null;
        }

        return new MemRefValue(type, address, null, values, new Value?[type.Rank]);
    }

    // alloc {mlir.result = i} → frame.AllocateResult(frame, i, count, size); other allocs → frame.Allocate(bytes, alignment)
    private static void Alloc(AllocOp op, LlvmEmitter e)
    {
        var type = op.Type;
        if (type.Layout is not null)
        {
            throw ConversionException.For(op, $"an allocation must be dense, not {type}");
        }

        var shape = Dense(e, type, e.Frame, op.DynamicSizes);
        var size = LlvmTypes.SizeOf(
            LlvmTypes.Memory(
                LlvmTypes.Scalar(type.ElementType)
                    ?? throw ConversionException.For(op, $"LLVM has no type for {type.ElementType}")
            )
        );
        var count = e.Count(shape);
        Value address;
        if (op.Discardable[ResultAttribute] is IntegerAttr result)
        {
            address = e.Emit(
                new LL.CallOp(
                    op.Location,
                    e.FrameFunction(FrameLayout.AllocateResult),
                    LlvmTypes.Pointer,
                    [e.Frame, e.I32((int)result.Int64), count, e.I32(size)]
                )
            );

            // The runtime set the status when it had none. Nothing is needed for no elements, and so null says nothing then.
            e.UnwindOnStatus();
        }
        else
        {
            var slot = e.ScratchSlot();
            var alignment = Math.Max(op.Alignment ?? 0, FrameLayout.DefaultAlignment);
            address = e.Emit(
                new LL.CallOp(
                    op.Location,
                    e.FrameFunction(FrameLayout.Allocate),
                    LlvmTypes.Pointer,
                    [e.Multiply(count, e.I64(size)), e.I64(alignment)]
                )
            );
            var zero = e.Emit(new LL.ZeroOp(op.Location, LlvmTypes.Pointer));
            var found = e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Ne, address, zero));
            var empty = e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Eq, count, e.I64(0)));
            e.FailUnless(e.Emit(new LL.OrOp(op.Location, found, empty)), FrameLayout.OutOfMemory);
            e.Insert(new LL.StoreOp(op.Location, address, slot, alignment: 8));
            e.SetScratch(address, slot);
        }

        e.Set(op.Memref, shape with { Base = address });
    }

    private static void Dealloc(DeallocOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Memref);
        var call = e.Insert(new LL.CallOp(op.Location, e.FrameFunction(FrameLayout.Free), null, [array.Base]));
        if (e.ScratchSlotOf(array.Base) is { } slot)
        {
            e.Insert(
                new LL.StoreOp(op.Location, e.Emit(new LL.ZeroOp(op.Location, LlvmTypes.Pointer)), slot, alignment: 8)
            );
        }
        else
        {
            e.AddUnknownFree(call, array.Base);
        }
    }

    // alloca of a known size → a stack slot of the whole function, so that loops do not eat the stack
    private static void Alloca(AllocaOp op, LlvmEmitter e)
    {
        var type = op.Type;
        if (type.Layout is not null)
        {
            throw ConversionException.For(op, $"an allocation must be dense, not {type}");
        }

        var element = LlvmTypes.Memory(
            LlvmTypes.Scalar(type.ElementType)
                ?? throw ConversionException.For(op, $"LLVM has no type for {type.ElementType}")
        );
        if (type.HasStaticShape)
        {
            // SPIR-V knows no arrays whose length is an operand.
            var slot =
                e.Module.Gpu == Gpu.GpuTarget.Spirv
                    ? e.StackSlot(LL.LlvmArrayType.Get(element, type.ElementCount), e.I64(1), op.Alignment)
                    : e.StackSlot(element, e.I64(type.ElementCount), op.Alignment);
            e.Set(op.Memref, Dense(e, type, slot, op.DynamicSizes));
            return;
        }

        var shape = Dense(e, type, e.Entry.Arguments[0], op.DynamicSizes);
        var address = e.Emit(
            new LL.AllocaOp(op.Location, e.Count(shape), element, LlvmTypes.Pointer, alignment: op.Alignment)
        );
        e.Set(op.Memref, shape with { Base = address });
    }

    private static void Load(LoadOp op, LlvmEmitter e)
    {
        var type = LlvmEmitter.TypeOf(op.Result, op);
        var address = e.Address(e.GetMemRef(op.Memref), op.Indices);
        var value = e.Load(address, type, op.Alignment ?? LlvmTypes.SizeOf(LlvmTypes.Memory(type)), op.Nontemporal);
        value.NameHint = op.Result.NameHint;
        e.Set(op.Result, value);
    }

    private static void Store(StoreOp op, LlvmEmitter e)
    {
        var value = e.Get(op.Value);
        var address = e.Address(e.GetMemRef(op.Memref), op.Indices);
        e.Store(value, address, op.Alignment ?? LlvmTypes.SizeOf(LlvmTypes.Memory(value.Type)), op.Nontemporal);
    }

    // dim(m, constant) → the size;  dim(m, i) → a chain of selections
    private static void Dim(DimOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Source);
        var index = e.Get(op.Index);
        if (LlvmEmitter.Known(index) is { } dim)
        {
            e.Set(
                op.Result,
                dim >= 0 && dim < array.Type.Rank
                    ? e.Size(array, (int)dim)
                    : throw ConversionException.For(op, $"{array.Type} has no dimension {dim}")
            );
            return;
        }

        if (array.Type.Rank == 0)
        {
            throw ConversionException.For(op, $"{array.Type} has no dimensions");
        }

        var size = e.Size(array, 0);
        for (var i = 1; i < array.Type.Rank; i++)
        {
            var match = e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Eq, index, e.I64(i)));
            size = e.Emit(new LL.SelectOp(op.Location, match, e.Size(array, i), size));
        }

        e.Set(op.Result, size);
    }

    /// <summary>An array with all parts as values, for a type that may know fewer of them; those that it knows are dropped.</summary>
    private static MemRefValue Of(MemRefType type, Value address, Value offset, Value[] sizes, Value[] strides)
    {
        var layout = type.StridesAndOffset!.Value;
        var (kept, open) = (new Value?[type.Rank], new Value?[type.Rank]);
        for (var i = 0; i < type.Rank; i++)
        {
            kept[i] = type.IsDynamicDim(i) ? sizes[i] : null;
            open[i] = type.Layout is not null && layout.Strides[i] == ShapedType.Dynamic ? strides[i] : null;
        }

        return new MemRefValue(type, address, layout.Offset == ShapedType.Dynamic ? offset : null, kept, open);
    }

    private static void Cast(CastOp op, LlvmEmitter e)
    {
        if (op.Dest.Type is not MemRefType type || op.Source.Type is not MemRefType source)
        {
            throw ConversionException.For(op, "arrays of unknown rank have no layout in LLVM");
        }

        var array = e.GetMemRef(op.Source);
        var dims = Enumerable.Range(0, source.Rank);
        var strides = type.Layout is null ? [] : dims.Select(d => e.Stride(array, d)).ToArray();
        e.Set(op.Dest, Of(type, array.Base, e.Offset(array), [.. dims.Select(d => e.Size(array, d))], strides));
    }

    // subview → offset + Σ oᵢ·sᵢ, sizes, strides times those of the source; dimensions left out are dropped
    private static void SubView(SubViewOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Source);
        var type = (MemRefType)op.Result.Type;
        var (offsets, sizes, strides) = (
            Mixed(op.StaticOffsets, op.Offsets, e),
            Mixed(op.StaticSizes, op.Sizes, e),
            Mixed(op.StaticStrides, op.Strides, e)
        );
        var offset = e.Offset(array);
        for (var i = 0; i < offsets.Length; i++)
        {
            var stride = e.Stride(array, i);
            offset = e.Add(offset, e.Multiply(offsets[i], stride));
            strides[i] = e.Multiply(strides[i], stride);
        }

        // The dimensions that the result keeps, matched by size and stride, as in the verifier.
        var layout = type.StridesAndOffset!.Value;
        var kept = new List<int>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var size = op.StaticSizes.Values[i];
            if (
                kept.Count < type.Rank
                && type.Shape[kept.Count] == size
                && (
                    size != 1
                    || sizes.Length - i <= type.Rank - kept.Count
                    || layout.Strides[kept.Count] == ShapedType.Dynamic
                    || layout.Strides[kept.Count] == LlvmEmitter.Known(strides[i])
                )
            )
            {
                kept.Add(i);
            }
        }

        e.Set(
            op.Result,
            Of(type, array.Base, offset, [.. kept.Select(i => sizes[i])], [.. kept.Select(i => strides[i])])
        );
    }

    private static Value[] Mixed(DenseArrayAttr constants, OperandList values, LlvmEmitter e)
    {
        var result = new Value[constants.Values.Count];
        var next = 0;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = constants.Values[i] == ShapedType.Dynamic ? e.Get(values[next++]) : e.I64(constants.Values[i]);
        }

        return result;
    }

    private static void ReinterpretCast(ReinterpretCastOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Source);
        e.Set(
            op.Result,
            Of(
                (MemRefType)op.Result.Type,
                array.Base,
                Mixed(op.StaticOffsets, op.Offsets, e)[0],
                Mixed(op.StaticSizes, op.Sizes, e),
                Mixed(op.StaticStrides, op.Strides, e)
            )
        );
    }

    // collapse → the product of the sizes of a group; the stride of its last dimension that is not 1 wide
    private static void Collapse(CollapseShapeOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Src);
        var type = (MemRefType)op.Result.Type;
        var (sizes, strides) = (new Value[type.Rank], new Value[type.Rank]);
        for (var i = 0; i < type.Rank; i++)
        {
            var group = op.Groups[i];
            sizes[i] = e.I64(1);
            foreach (var dim in group)
            {
                sizes[i] = e.Multiply(sizes[i], e.Size(array, dim));
            }

            strides[i] = e.Stride(array, group[^1]);
        }

        e.Set(op.Result, Of(type, array.Base, e.Offset(array), sizes, strides));
    }

    // expand → the sizes that are given; strides from the last dimension of a group outwards
    private static void Expand(ExpandShapeOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Src);
        var type = (MemRefType)op.Result.Type;
        var sizes = Mixed(op.StaticOutputShape, op.OutputShape, e);
        var strides = new Value[type.Rank];
        var groups = op.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            var stride = e.Stride(array, i);
            for (var j = groups[i].Length - 1; j >= 0; j--)
            {
                strides[groups[i][j]] = stride;
                stride = e.Multiply(stride, sizes[groups[i][j]]);
            }
        }

        for (var i = 0; groups.Length == 0 && i < type.Rank; i++)
        {
            strides[i] = e.I64(1);
        }

        e.Set(op.Result, Of(type, array.Base, e.Offset(array), sizes, strides));
    }

    private static void GetGlobal(GetGlobalOp op, LlvmEmitter e)
    {
        var type = (MemRefType)op.Result.Type;
        var address = e.Emit(new LL.AddressOfOp(op.Location, op.SymbolName, LlvmTypes.PointerTo(type)));
        e.Set(op.Result, new MemRefValue(type, address, null, new Value?[type.Rank], new Value?[type.Rank]));
    }

    private static void Metadata(ExtractStridedMetadataOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Source);
        e.Set(op.BaseBuffer, new MemRefValue((MemRefType)op.BaseBuffer.Type, array.Base, null, [], []));
        e.Set(op.Offset, e.Offset(array));
        for (var i = 0; i < array.Type.Rank; i++)
        {
            e.Set(op.SizesAndStrides[i], e.Size(array, i));
            e.Set(op.SizesAndStrides[array.Type.Rank + i], e.Stride(array, i));
        }
    }

    private static void AssumeAlignment(AssumeAlignmentOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Memref);
        e.Insert(
            LL.AssumeOp.Aligned(op.Location, e.Constant(IntegerType.I1, -1), e.Address(array, []), e.I64(op.Alignment))
        );
        e.Set(op.Result, array);
    }

    private static void MemorySpaceCast(MemorySpaceCastOp op, LlvmEmitter e)
    {
        if (op.Dest.Type is not MemRefType type)
        {
            throw ConversionException.For(op, "arrays of unknown rank have no layout in LLVM");
        }

        var array = e.GetMemRef(op.Source);
        var pointer = LlvmTypes.PointerTo(type);
        var address =
            pointer == array.Base.Type ? array.Base : e.Emit(new LL.AddrSpaceCastOp(op.Location, array.Base, pointer));
        e.Set(op.Dest, array with { Type = type, Base = address });
    }

    private static void View(ViewOp op, LlvmEmitter e)
    {
        var array = e.GetMemRef(op.Source);
        var address = e.Emit(
            new LL.GEPOp(op.Location, array.Base, IntegerType.I8, e.Get(op.ByteShift), LL.GepNoWrapFlags.Inbounds)
        );
        e.Set(op.Result, Dense(e, (MemRefType)op.Result.Type, address, op.Sizes));
    }

    /// <summary>The global of LLVM for <paramref name="global"/>.</summary>
    public static LL.GlobalOp ConvertGlobal(GlobalOp global)
    {
        var type = global.Type;
        var scalar =
            LlvmTypes.Scalar(type.ElementType)
            ?? throw ConversionException.For(global, $"LLVM has no type for {type.ElementType}");
        var element = LlvmTypes.Memory(scalar);
        IrType content = element;
        for (var i = type.Rank - 1; i >= 0; i--)
        {
            content = LL.LlvmArrayType.Get(content, type.Shape[i]);
        }

        IrAttribute? value = global.InitialValue is DenseElementsAttr elements
            ? type.Rank == 0 && element == type.ElementType
                ? elements.GetElement(0)
                : DenseElementsAttr.Get(RankedTensorType.Get(type.Shape.Span, element), elements.Data.Span)
            : null;
        if (value is DenseElementsAttr { ShapedType.Rank: 0 } single)
        {
            value = single.GetElement(0);
        }

        var result = new LL.GlobalOp(
            global.Location,
            content,
            global.SymName,
            global.InitialValue is null ? LL.Linkage.External
                : global.SymVisibility == "private" ? LL.Linkage.Private
                : LL.Linkage.Internal,
            isConstant: global.IsConstant,
            value: value,
            alignment: global.Alignment ?? FrameLayout.DefaultAlignment,
            addrSpace: LlvmTypes.PointerTo(type).AddressSpace
        );
        if (global.InitialValue is UnitAttr)
        {
            var block = result.Initializer.AddBlock();
            var undefined = new LL.UndefOp(global.Location, content);
            block.Insert(undefined);
            block.Insert(new LL.ReturnOp(global.Location, undefined.Res));
        }

        return result;
    }
}
