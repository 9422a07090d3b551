using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// The entry that every public function has: <c>void f__packed(ptr args, ptr frame)</c>. It reads parameters from slots of eight bytes, calls the
/// function and writes its results into the slots after them.
/// </summary>
internal static class PackedEntry
{
    /// <summary>What follows the function's name in the entry's name.</summary>
    public const string Suffix = "__packed";

    private const int SlotSize = 8;

    public static LLVMFuncOp Build(LlvmFunction function, ArrayAttr passthrough)
    {
        var source = function.Source;
        var entry = new LLVMFuncOp(
            source.Location,
            source.SymName + Suffix,
            LlvmFunctionType.Get(LlvmVoidType.Instance, [LlvmTypes.Pointer, LlvmTypes.Pointer]),
            passthrough: passthrough
        );
        entry.SetArgAttr(0, "llvm.noalias", UnitAttr.Instance);
        var writer = new Writer(entry, source.Location);
        var arguments = new List<Value>();
        foreach (var type in source.FunctionType.Inputs)
        {
            writer.ReadParameter(type, arguments, source);
        }

        if (function.NeedsFrame)
        {
            arguments.Add(entry.Body.First!.Arguments[1]);
        }

        var type0 = function.Target.FunctionType.ReturnType;
        var call = writer.Insert(
            new CallOp(source.Location, source.SymName, type0 is LlvmVoidType ? null : type0, arguments.ToArray())
        );
        var parts = new List<Value>();
        if (function.ResultTypes.Count == 1)
        {
            parts.Add(call.Results[0]);
        }
        else
        {
            for (var i = 0; i < function.ResultTypes.Count; i++)
            {
                parts.Add(writer.Insert(new ExtractValueOp(source.Location, call.Results[0], [i])).Res);
            }
        }

        var at = 0;
        foreach (var type in source.FunctionType.Results)
        {
            writer.WriteResult(type, parts, ref at, source);
        }

        writer.Insert(new ReturnOp(source.Location));
        return entry;
    }

    /// <summary>Reads and writes slots, one after the other.</summary>
    private sealed class Writer
    {
        private readonly OpBuilder _builder;
        private readonly Location _location;
        private readonly Value _slots;
        private int _next;

        public Writer(LLVMFuncOp entry, Location location)
        {
            var block = entry.AddEntryBlock();
            _builder = new OpBuilder(block);
            _location = location;
            _slots = block.Arguments[0];
        }

        public T Insert<T>(T op)
            where T : Operation => _builder.Insert(op);

        public void ReadParameter(IrType type, List<Value> arguments, Operation at)
        {
            if (type is not MemRefType memref)
            {
                arguments.Add(Read(LlvmTypes.Scalar(type)!));
                return;
            }

            if (memref.Layout is not null && memref.StridesAndOffset is not { Offset: 0 })
            {
                throw ConversionException.For(at, $"a parameter of a public function must be dense, not {memref}");
            }

            arguments.Add(Read(LlvmTypes.Pointer));
            var sizes = new Value[memref.Rank];
            for (var i = 0; i < memref.Rank; i++)
            {
                // A size that the type knows has a slot too.
                var size = memref.IsDynamicDim(i) ? Read(IntegerType.I64) : null;
                _next += size is null ? 1 : 0;
                sizes[i] = size ?? Constant(memref.Shape[i]);
                if (size is not null)
                {
                    arguments.Add(size);
                }
            }

            AddStrides(memref, sizes, arguments);
        }

        /// <summary>Dense strides for a layout that leaves them open.</summary>
        private void AddStrides(MemRefType memref, Value[] sizes, List<Value> arguments)
        {
            if (memref.Layout is null)
            {
                return;
            }

            var known = memref.StridesAndOffset!.Value.Strides;
            for (var i = 0; i < memref.Rank; i++)
            {
                if (known[i] != ShapedType.Dynamic)
                {
                    continue;
                }

                Value stride = Constant(1);
                for (var j = memref.Rank - 1; j > i; j--)
                {
                    stride = Insert(new MulOp(_location, stride, sizes[j])).Res;
                }

                arguments.Add(stride);
            }
        }

        public void WriteResult(IrType type, List<Value> parts, ref int at, Operation op)
        {
            if (type is not MemRefType memref)
            {
                Write(parts[at++]);
                return;
            }

            if (memref.Layout is not null)
            {
                throw ConversionException.For(op, $"a result of a public function must be dense, not {memref}");
            }

            Write(parts[at++]);
            for (var i = 0; i < memref.Rank; i++)
            {
                Write(memref.IsDynamicDim(i) ? parts[at++] : Constant(memref.Shape[i]));
            }
        }

        private Value Constant(long value) =>
            Insert(new ConstantOp(_location, IntegerAttr.Get(IntegerType.I64, value), IntegerType.I64)).Res;

        private Value Slot()
        {
            var offset = SlotSize * _next++;
            return offset == 0
                ? _slots
                : Insert(new GEPOp(_location, _slots, IntegerType.I8, [offset], GepNoWrapFlags.Inbounds)).Res;
        }

        private Value Read(IrType type)
        {
            var memory = LlvmTypes.Memory(type);
            var value = Insert(new LoadOp(_location, Slot(), memory, alignment: SlotSize)).Res;
            return memory == type ? value : Insert(new TruncOp(_location, value, type)).Res;
        }

        private void Write(Value value)
        {
            // Integers fill their slot, so that the caller need not know their width.
            var stored = value.Type is IntegerType { Width: < 64 }
                ? Insert(new ZExtOp(_location, value, IntegerType.I64)).Res
                : value;
            Insert(new StoreOp(_location, stored, Slot(), alignment: SlotSize));
        }
    }
}
