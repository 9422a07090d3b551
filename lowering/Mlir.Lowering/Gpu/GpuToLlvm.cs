using Mlir.Dialects.Gpu;
using Mlir.Dialects.Nvvm;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering.Gpu;

/// <summary>What the threads of a GPU ask and tell each other: instructions of NVIDIA's processors, functions of OpenCL.</summary>
internal static class GpuToLlvm
{
    /// <summary>OpenCL's flags of a barrier: both local and global memory are seen by all.</summary>
    private const int AllMemory = 3;

    public static void AddTo(ConversionTable table)
    {
        table.Add<Dialects.Gpu.ThreadIdOp>((op, e) => Number(op, e, op.Dimension, Tid, "_Z12get_local_idj"));
        table.Add<Dialects.Gpu.BlockIdOp>((op, e) => Number(op, e, op.Dimension, Ctaid, "_Z12get_group_idj"));
        table.Add<Dialects.Gpu.BlockDimOp>((op, e) => Number(op, e, op.Dimension, Ntid, "_Z14get_local_sizej"));
        table.Add<Dialects.Gpu.GridDimOp>((op, e) => Number(op, e, op.Dimension, Nctaid, "_Z14get_num_groupsj"));
        table.Add<BarrierOp>(Barrier);
        table.Add<ShuffleOp>(Shuffle);
        table.Add<DynamicSharedMemoryOp>(DynamicSharedMemory);
        table.Add<SyncWarpOp>((op, e) => e.Insert(new SyncWarpOp(op.Location, e.Get(op.Mask))));
    }

    private static Operation Tid(Location location, Dimension dimension) =>
        dimension switch
        {
            Dimension.X => new ThreadIdXOp(location),
            Dimension.Y => new ThreadIdYOp(location),
            _ => new ThreadIdZOp(location),
        };

    private static Operation Ctaid(Location location, Dimension dimension) =>
        dimension switch
        {
            Dimension.X => new BlockIdXOp(location),
            Dimension.Y => new BlockIdYOp(location),
            _ => new BlockIdZOp(location),
        };

    private static Operation Ntid(Location location, Dimension dimension) =>
        dimension switch
        {
            Dimension.X => new BlockDimXOp(location),
            Dimension.Y => new BlockDimYOp(location),
            _ => new BlockDimZOp(location),
        };

    private static Operation Nctaid(Location location, Dimension dimension) =>
        dimension switch
        {
            Dimension.X => new GridDimXOp(location),
            Dimension.Y => new GridDimYOp(location),
            _ => new GridDimZOp(location),
        };

    private static GpuTarget Target(Operation op, LlvmEmitter e) =>
        e.Module.Gpu ?? throw ConversionException.For(op, "it belongs into a kernel");

    private static void Number(
        Operation op,
        LlvmEmitter e,
        Dimension dimension,
        Func<Location, Dimension, Operation> register,
        string function
    )
    {
        var number =
            Target(op, e) == GpuTarget.Ptx
                ? e.Emit(new LL.ZExtOp(op.Location, e.Emit(register(op.Location, dimension)), IntegerType.I64))
                : Call(e, function, IntegerType.I64, e.I32((int)dimension))!;
        e.Set(op.Results[0], number);
    }

    private static void DynamicSharedMemory(DynamicSharedMemoryOp op, LlvmEmitter e)
    {
        const string Name = "dynamic_shared";
        var type = (MemRefType)op.Result.Type;
        var pointer = LlvmTypes.PointerTo(type);
        e.Module.Declare(
            new LL.GlobalOp(
                Location.Unknown,
                LL.LlvmArrayType.Get(type.ElementType, 0),
                Name,
                LL.Linkage.External,
                alignment: FrameLayout.DefaultAlignment,
                addrSpace: pointer.AddressSpace
            )
        );
        var address = e.Emit(new LL.AddressOfOp(op.Location, SymbolRefAttr.Get(Name), pointer));
        e.Set(op.Result, new MemRefValue(type, address, null, [null], [null]));
    }

    private static void Barrier(BarrierOp op, LlvmEmitter e)
    {
        if (Target(op, e) == GpuTarget.Ptx)
        {
            e.Insert(new Barrier0Op(op.Location));
        }
        else
        {
            Call(e, "_Z7barrierj", null, e.I32(AllMemory));
        }
    }

    /// <summary>Calls a function of OpenCL by its name.</summary>
    public static Value? Call(LlvmEmitter e, string name, IrType? result, params Value[] arguments)
    {
        var declaration = new LL.LLVMFuncOp(
            Location.Unknown,
            name,
            LL.LlvmFunctionType.Get(result ?? LL.LlvmVoidType.Instance, [.. arguments.Select(static a => a.Type)]),
            cConv: LL.CConv.SpirFunc
        );
        if (result is null)
        {
            declaration.SetAttribute("convergent", UnitAttr.Instance);
        }

        e.Module.Declare(declaration);
        var call = e.Insert(new LL.CallOp(e.Location, name, result, arguments));
        call.SetAttribute("CConv", EnumAttr<LL.CConv>.Get(LL.CConv.SpirFunc));
        return result is null ? null : call.Results[0];
    }

    // shuffle down %x → shfl.sync down of its words of 32 bits
    private static void Shuffle(ShuffleOp op, LlvmEmitter e)
    {
        if (Target(op, e) != GpuTarget.Ptx)
        {
            throw ConversionException.For(op, "the lanes of OpenCL's devices cannot talk to each other");
        }

        if (LlvmEmitter.Known(e.Get(op.Width)) != Kernel.Warp)
        {
            throw ConversionException.For(op, $"the width of a shuffle must be {Kernel.Warp}");
        }

        var value = e.Get(op.Value);
        var bits = Bits(value.Type, op);
        var whole = IntegerType.Get(bits);
        var number = value.Type == whole ? value : e.Emit(new LL.BitcastOp(op.Location, value, whole));
        Value result;
        switch (bits)
        {
            case 32:
                result = Word(op, e, number);
                break;

            case < 32:
                var wide = e.Emit(new LL.ZExtOp(op.Location, number, IntegerType.I32));
                result = e.Emit(new LL.TruncOp(op.Location, Word(op, e, wide), whole));
                break;

            default:
                var half = e.I64(32);
                var low = Word(op, e, e.Emit(new LL.TruncOp(op.Location, number, IntegerType.I32)));
                var top = e.Emit(new LL.LShrOp(op.Location, number, half));
                var high = Word(op, e, e.Emit(new LL.TruncOp(op.Location, top, IntegerType.I32)));
                result = e.Emit(
                    new LL.OrOp(
                        op.Location,
                        e.Emit(new LL.ZExtOp(op.Location, low, whole)),
                        e.Emit(new LL.ShlOp(op.Location, e.Emit(new LL.ZExtOp(op.Location, high, whole)), half))
                    )
                );
                break;
        }

        e.Set(
            op.ShuffleResult,
            value.Type == whole ? result : e.Emit(new LL.BitcastOp(op.Location, result, value.Type))
        );
        if (!op.Valid.IsUnused)
        {
            throw ConversionException.For(op, "whether the lane exists is not computed");
        }
    }

    private static int Bits(IrType type, Operation op) =>
        type switch
        {
            IntegerType { Width: 1 or 8 or 16 or 32 or 64 } integer => integer.Width,
            FloatType { Width: 16 or 32 or 64 } real => real.Width,
            _ => throw ConversionException.For(op, $"values of type {type} have no words to pass on"),
        };

    private static Value Word(ShuffleOp op, LlvmEmitter e, Value word)
    {
        var clamp = op.Mode == ShuffleMode.Up ? 0 : Kernel.Warp - 1;
        var kind = op.Mode switch
        {
            ShuffleMode.Xor => ShflKind.Bfly,
            ShuffleMode.Up => ShflKind.Up,
            ShuffleMode.Down => ShflKind.Down,
            _ => ShflKind.Idx,
        };
        return e.Emit(new ShflOp(op.Location, e.I32(-1), word, e.Get(op.Offset), e.I32(clamp), kind, word.Type));
    }
}
