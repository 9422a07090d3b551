using Mlir.Dialects.Vector;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>Vectors of one dimension. Those of more were unrolled before, but for what a lane holds of a matrix.</summary>
internal static class VectorToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        table.Add<BroadcastOp>(Broadcast);
        table.Add<LoadOp>(Load);
        table.Add<StoreOp>(Store);
        table.Add<MaskedLoadOp>(MaskedLoad);
        table.Add<MaskedStoreOp>(MaskedStore);
        table.Add<GatherOp>(Gather);
        table.Add<ScatterOp>(Scatter);
        table.Add<CreateMaskOp>(CreateMask);
        table.Add<ConstantMaskOp>(ConstantMask);
        table.Add<StepOp>(
            (op, e) => e.Replace(op, Numbers(op.Location, (VectorType)LlvmEmitter.TypeOf(op.Result, op)))
        );
        table.Add<ExtractOp>(Extract);
        table.Add<InsertOp>(Insert);
        table.Add<ShuffleOp>(Shuffle);
        table.Add<ReductionOp>(Reduce);
        table.Add<FMAOp>(
            (op, e) => e.Replace(op, new LL.FMAOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), e.Get(op.Acc)))
        );
        table.Add<BitCastOp>(
            (op, e) => e.Replace(op, new LL.BitcastOp(op.Location, e.Get(op.Source), LlvmEmitter.TypeOf(op.Result, op)))
        );
        table.Add<ShapeCastOp>(
            (op, e) =>
                e.Set(
                    op.Result,
                    e.Get(op.Source).Type == LlvmEmitter.TypeOf(op.Result, op)
                        ? e.Get(op.Source)
                        : throw ConversionException.For(op, "vectors of LLVM have one dimension")
                )
        );
        table.Add<FromElementsOp>(FromElements);
        table.Add<ToElementsOp>(ToElements);
    }

    private static long AlignmentOf(VectorType type) => LlvmTypes.SizeOf(LlvmTypes.Memory(type.ElementType));

    // broadcast %x → insert into lane 0, then a shuffle that repeats it
    private static void Broadcast(BroadcastOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Vector, op);
        var source = e.Get(op.Source);
        if (source.Type == type)
        {
            e.Set(op.Vector, source);
            return;
        }

        var lanes = checked((int)type.Shape[0]);
        if (source.Type is VectorType)
        {
            // A vector of one element.
            e.Replace(op, new LL.ShuffleVectorOp(op.Location, source, source, new int[lanes]));
            return;
        }

        if (source.Definer is LL.ConstantOp { Value: TypedAttr constant })
        {
            e.Replace(op, new LL.ConstantOp(op.Location, DenseElementsAttr.Splat(type, constant), type));
            return;
        }

        e.Set(op.Vector, Splat(e, source, type));
    }

    private static Value Splat(LlvmEmitter e, Value scalar, VectorType type)
    {
        var poison = e.Emit(new LL.PoisonOp(e.Location, type));
        var first = e.Emit(new LL.InsertElementOp(e.Location, poison, scalar, e.I64(0)));
        return e.Emit(new LL.ShuffleVectorOp(e.Location, first, poison, new int[checked((int)type.Shape[0])]));
    }

    private static void Load(LoadOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Result, op);
        var address = e.Address(e.GetMemRef(op.Base), op.Indices);
        e.Set(op.Result, e.Load(address, type, op.Alignment ?? AlignmentOf(type), op.Nontemporal));
    }

    private static void Store(StoreOp op, LlvmEmitter e)
    {
        var value = e.Get(op.ValueToStore);
        var address = e.Address(e.GetMemRef(op.Base), op.Indices);
        e.Store(value, address, op.Alignment ?? AlignmentOf((VectorType)value.Type), op.Nontemporal);
    }

    private static void MaskedLoad(MaskedLoadOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Result, op);
        var memory = (VectorType)LlvmTypes.Memory(type);
        var address = e.Address(e.GetMemRef(op.Base), op.Indices, inBounds: false);
        var other = e.Get(op.PassThru);
        other = memory == type ? other : e.Emit(new LL.ZExtOp(op.Location, other, memory));
        var loaded = e.Emit(
            new LL.MaskedLoadOp(
                op.Location,
                address,
                e.Get(op.Mask),
                [other],
                (int)(op.Alignment ?? AlignmentOf(type)),
                memory
            )
        );
        e.Set(op.Result, memory == type ? loaded : e.Emit(new LL.TruncOp(op.Location, loaded, type)));
    }

    private static void MaskedStore(MaskedStoreOp op, LlvmEmitter e)
    {
        var value = e.Get(op.ValueToStore);
        var type = (VectorType)value.Type;
        var memory = LlvmTypes.Memory(type);
        var address = e.Address(e.GetMemRef(op.Base), op.Indices, inBounds: false);
        value = memory == type ? value : e.Emit(new LL.ZExtOp(op.Location, value, memory));
        e.Insert(
            new LL.MaskedStoreOp(op.Location, value, address, e.Get(op.Mask), (int)(op.Alignment ?? AlignmentOf(type)))
        );
    }

    private static Value Addresses(
        LlvmEmitter e,
        MemRefValue array,
        OperandList offsets,
        Value indices,
        VectorType type
    )
    {
        var address = e.Address(array, offsets, inBounds: false);
        var pointers = VectorType.Get(type.Shape.Span, address.Type);
        return e.Emit(
            new LL.GEPOp(
                e.Location,
                address,
                [indices],
                DenseArrayAttr.I32(LL.GEPOp.DynamicIndex),
                LlvmTypes.Memory(type.ElementType),
                pointers
            )
        );
    }

    private static void Gather(GatherOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Result, op);
        var memory = LlvmTypes.Memory(type);
        var pointers = Addresses(e, e.GetMemRef(op.Base), op.Offsets, e.Get(op.Indices), type);
        var other = e.Get(op.PassThru);
        other = memory == type ? other : e.Emit(new LL.ZExtOp(op.Location, other, memory));
        var loaded = e.Emit(
            new LL.MaskedGatherOp(
                op.Location,
                pointers,
                e.Get(op.Mask),
                [other],
                (int)(op.Alignment ?? AlignmentOf(type)),
                memory
            )
        );
        e.Set(op.Result, memory == type ? loaded : e.Emit(new LL.TruncOp(op.Location, loaded, type)));
    }

    private static void Scatter(ScatterOp op, LlvmEmitter e)
    {
        var value = e.Get(op.ValueToStore);
        var type = (VectorType)value.Type;
        var memory = LlvmTypes.Memory(type);
        var pointers = Addresses(e, e.GetMemRef(op.Base), op.Offsets, e.Get(op.Indices), type);
        value = memory == type ? value : e.Emit(new LL.ZExtOp(op.Location, value, memory));
        e.Insert(
            new LL.MaskedScatterOp(
                op.Location,
                value,
                pointers,
                e.Get(op.Mask),
                (int)(op.Alignment ?? AlignmentOf(type))
            )
        );
    }

    /// <summary>The constant 0, 1, 2, …</summary>
    private static LL.ConstantOp Numbers(Location location, VectorType type)
    {
        var size = DenseElementsAttr.ElementSize(type.ElementType);
        var bytes = new byte[checked((int)type.Shape[0] * size)];
        for (var i = 0; i < type.Shape[0]; i++)
        {
            DenseElementsAttr.WriteElement(IntegerAttr.Get(type.ElementType, i), bytes.AsSpan(i * size, size));
        }

        return new LL.ConstantOp(location, DenseElementsAttr.Get(type, bytes), type);
    }

    // create_mask %n → [0, 1, 2, …] < splat(%n), compared as bytes: 64 lanes are one vector then
    private static void CreateMask(CreateMaskOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Result, op);
        var limit = e.Get(op.Limits[0]);
        var narrow = type.Shape[0] <= byte.MaxValue;
        if (narrow)
        {
            limit = e.Emit(new LL.SMaxOp(op.Location, limit, e.I64(0)));
            limit = e.Emit(new LL.SMinOp(op.Location, limit, e.I64(type.Shape[0])));
            limit = e.Emit(new LL.TruncOp(op.Location, limit, IntegerType.I8));
        }

        var wide = VectorType.Get(type.Shape.Span, narrow ? IntegerType.I8 : IntegerType.I64);
        var less = narrow ? LL.ICmpPredicate.Ult : LL.ICmpPredicate.Slt;
        e.Replace(op, new LL.ICmpOp(op.Location, less, e.Emit(Numbers(op.Location, wide)), Splat(e, limit, wide)));
    }

    private static void ConstantMask(ConstantMaskOp op, LlvmEmitter e)
    {
        var type = (VectorType)LlvmEmitter.TypeOf(op.Result, op);
        var bytes = new byte[type.Shape[0]];
        bytes.AsSpan(0, (int)op.MaskDimSizes[0]).Fill(1);
        e.Replace(op, new LL.ConstantOp(op.Location, DenseElementsAttr.Get(type, bytes), type));
    }

    private static Value Position(DenseArrayAttr constants, OperandList values, LlvmEmitter e, Operation op) =>
        constants.Values.Count switch
        {
            1 => constants.Values[0] == ShapedType.Dynamic ? e.Get(values[0]) : e.I64(constants.Values[0]),
            _ => throw ConversionException.For(op, "vectors of LLVM have one dimension"),
        };

    private static void Extract(ExtractOp op, LlvmEmitter e)
    {
        if (op.StaticPosition.Values.IsEmpty)
        {
            e.Set(op.Result, e.Get(op.Source));
            return;
        }

        e.Replace(
            op,
            new LL.ExtractElementOp(
                op.Location,
                e.Get(op.Source),
                Position(op.StaticPosition, op.DynamicPosition, e, op)
            )
        );
    }

    private static void Insert(InsertOp op, LlvmEmitter e)
    {
        if (op.StaticPosition.Values.IsEmpty)
        {
            e.Set(op.Result, e.Get(op.ValueToStore));
            return;
        }

        e.Replace(
            op,
            new LL.InsertElementOp(
                op.Location,
                e.Get(op.Dest),
                e.Get(op.ValueToStore),
                Position(op.StaticPosition, op.DynamicPosition, e, op)
            )
        );
    }

    private static void Shuffle(ShuffleOp op, LlvmEmitter e)
    {
        var (first, second) = (e.Get(op.V1), e.Get(op.V2));
        var mask = new int[op.Mask.Values.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (int)op.Mask.Values[i];
        }

        if (first.Type != second.Type)
        {
            // LLVM shuffles vectors of one length only: the shorter one gets lanes that nobody asks for.
            var (a, b) = ((int)((VectorType)first.Type).Shape[0], (int)((VectorType)second.Type).Shape[0]);
            var length = Math.Max(a, b);
            first = Lengthen(first, a, length, e);
            second = Lengthen(second, b, length, e);
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] += mask[i] >= a ? length - a : 0;
            }
        }

        e.Replace(op, new LL.ShuffleVectorOp(op.Location, first, second, mask));
    }

    private static Value Lengthen(Value vector, int from, int to, LlvmEmitter e) =>
        from == to
            ? vector
            : e.Emit(
                new LL.ShuffleVectorOp(
                    e.Location,
                    vector,
                    vector,
                    [.. Enumerable.Range(0, to).Select(i => i < from ? i : -1)]
                )
            );

    private static void Reduce(ReductionOp op, LlvmEmitter e)
    {
        var vector = e.Get(op.Vector);
        var type = ((VectorType)vector.Type).ElementType;
        var flags = ArithToLlvm.Flags(op.Fastmath);
        var start = op.Acc is { } given ? e.Get(given) : null;
        if (type is FloatType real && op.Kind is CombiningKind.Add or CombiningKind.Mul)
        {
            // -0 and 1 change nothing, not even the sign of a zero.
            start ??= e.Emit(
                new LL.ConstantOp(
                    op.Location,
                    FloatAttr.Get((FloatType)type, op.Kind == CombiningKind.Add ? -0.0 : 1),
                    type
                )
            );
            e.Set(
                op.Dest,
                e.Emit(
                    op.Kind == CombiningKind.Add
                        ? new LL.VectorReduceFAddOp(op.Location, start, vector, flags)
                        : new LL.VectorReduceFMulOp(op.Location, start, vector, flags)
                )
            );
            return;
        }

        var reduced = e.Emit(
            op.Kind switch
            {
                CombiningKind.Add => new LL.VectorReduceAddOp(op.Location, vector),
                CombiningKind.Mul => new LL.VectorReduceMulOp(op.Location, vector),
                CombiningKind.And => new LL.VectorReduceAndOp(op.Location, vector),
                CombiningKind.Or => new LL.VectorReduceOrOp(op.Location, vector),
                CombiningKind.Xor => new LL.VectorReduceXorOp(op.Location, vector),
                CombiningKind.MinSI => new LL.VectorReduceSMinOp(op.Location, vector),
                CombiningKind.MaxSI => new LL.VectorReduceSMaxOp(op.Location, vector),
                CombiningKind.MinUI => new LL.VectorReduceUMinOp(op.Location, vector),
                CombiningKind.MaxUI => new LL.VectorReduceUMaxOp(op.Location, vector),
                CombiningKind.MinNumF => new LL.VectorReduceFMinOp(op.Location, vector, flags),
                CombiningKind.MaxNumF => new LL.VectorReduceFMaxOp(op.Location, vector, flags),
                CombiningKind.MinimumF => new LL.VectorReduceFMinimumOp(op.Location, vector, flags),
                CombiningKind.MaximumF => (Operation)new LL.VectorReduceFMaximumOp(op.Location, vector, flags),
                _ => throw ConversionException.For(op, $"{op.Kind} is not a reduction"),
            }
        );
        e.Set(op.Dest, start is null ? reduced : e.Emit(Combine(op, reduced, start, flags)));
    }

    private static Operation Combine(ReductionOp op, Value a, Value b, LL.FastmathFlags flags) =>
        op.Kind switch
        {
            CombiningKind.Add => new LL.AddOp(op.Location, a, b),
            CombiningKind.Mul => new LL.MulOp(op.Location, a, b),
            CombiningKind.And => new LL.AndOp(op.Location, a, b),
            CombiningKind.Or => new LL.OrOp(op.Location, a, b),
            CombiningKind.Xor => new LL.XOrOp(op.Location, a, b),
            CombiningKind.MinSI => new LL.SMinOp(op.Location, a, b),
            CombiningKind.MaxSI => new LL.SMaxOp(op.Location, a, b),
            CombiningKind.MinUI => new LL.UMinOp(op.Location, a, b),
            CombiningKind.MaxUI => new LL.UMaxOp(op.Location, a, b),
            CombiningKind.MinNumF => new LL.MinNumOp(op.Location, a, b, flags),
            CombiningKind.MaxNumF => new LL.MaxNumOp(op.Location, a, b, flags),
            CombiningKind.MinimumF => new LL.MinimumOp(op.Location, a, b, flags),
            _ => new LL.MaximumOp(op.Location, a, b, flags),
        };

    private static void FromElements(FromElementsOp op, LlvmEmitter e)
    {
        if (op.Dest.Type is VectorType { Rank: 2 } rows)
        {
            var (row, columns) = (VectorType.Get([rows.Shape[1]], rows.ElementType), rows.Shape[1]);
            e.Set(op.Dest, VectorRows.Join(e, rows, i => Elements(row, i * columns)));
            return;
        }

        e.Set(op.Dest, Elements((VectorType)LlvmEmitter.TypeOf(op.Dest, op), 0));

        Value Elements(VectorType type, long first) =>
            VectorRows.Vector(e, type, i => e.Get(op.Elements[(int)(first + i)]));
    }

    private static void ToElements(ToElementsOp op, LlvmEmitter e)
    {
        if (op.Source.Type is VectorType { Rank: 2 })
        {
            foreach (var (element, value) in op.Elements.Zip(VectorRows.Elements(e, op.Source)))
            {
                e.Set(element, value);
            }

            return;
        }

        for (var i = 0; i < op.Elements.Count; i++)
        {
            e.Set(op.Elements[i], e.Emit(new LL.ExtractElementOp(op.Location, e.Get(op.Source), e.I64(i))));
        }
    }
}
