using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Builds the body of one function of LLVM: knows what stands for each value of the source, where new operations go, and how the function
/// fails.
/// </summary>
internal sealed class LlvmEmitter
{
    private readonly Dictionary<Value, object> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(IrType, Int128), Value> _constants = [];
    private readonly Dictionary<Block, Block> _blocks = new(ReferenceEqualityComparer.Instance);
    private readonly List<Value> _scratch = [];
    private readonly List<(Operation Call, Value Memory)> _unknownFrees = [];
    private readonly Dictionary<Value, Value> _slotOf = new(ReferenceEqualityComparer.Instance);
    private readonly OpBuilder _builder = new();
    private Block? _fail;
    private Block? _unwind;

    public LlvmEmitter(LlvmModuleConverter module, LlvmFunction function)
    {
        Module = module;
        Function = function;
        Entry = function.Target.AddEntryBlock();
        _builder.SetInsertionPointToEnd(Entry);
    }

    /// <summary>The module that is converted.</summary>
    public LlvmModuleConverter Module { get; }

    /// <summary>The function that is built.</summary>
    public LlvmFunction Function { get; }

    /// <summary>The entry block: takes the parameters, holds constants and stack slots.</summary>
    public Block Entry { get; }

    /// <summary>The place of new operations.</summary>
    public Location Location { get; set; } = Location.Unknown;

    /// <summary>The block that receives new operations.</summary>
    public Block Current => _builder.Block!;

    /// <summary>The caller's frame.</summary>
    public Value Frame => Entry.Arguments[^1];

    /// <summary>Appends <paramref name="op"/>.</summary>
    public T Insert<T>(T op)
        where T : Operation => _builder.Insert(op);

    /// <summary>Appends <paramref name="replacement"/>, whose result stands for that of <paramref name="op"/> from now on.</summary>
    public void Replace(Operation op, Operation replacement)
    {
        _builder.Insert(replacement);
        var result = replacement.Results[0];
        result.NameHint = op.Results[0].NameHint;
        _values[op.Results[0]] = result;
    }

    /// <summary>Appends an operation and returns its result.</summary>
    public Value Emit(Operation op) => _builder.Insert(op).Results[0];

    /// <summary>Goes on in <paramref name="block"/>.</summary>
    public void MoveTo(Block block) => _builder.SetInsertionPointToEnd(block);

    /// <summary>What stands for <paramref name="value"/>.</summary>
    public Value Get(Value value) => (Value)_values[value];

    /// <summary>What stands for the array <paramref name="value"/>.</summary>
    public MemRefValue GetMemRef(Value value) => (MemRefValue)_values[value];

    /// <summary>Makes <paramref name="lowered"/> stand for <paramref name="value"/>.</summary>
    public void Set(Value value, Value lowered) => _values[value] = lowered;

    /// <summary>Makes <paramref name="lowered"/> stand for the array <paramref name="value"/>.</summary>
    public void Set(Value value, MemRefValue lowered) => _values[value] = lowered;

    /// <summary>The LLVM type of a scalar or vector.</summary>
    public static IrType TypeOf(Value value, Operation at) =>
        LlvmTypes.Scalar(value.Type) ?? throw ConversionException.For(at, $"LLVM has no type for {value.Type}");

    /// <summary>The constant <paramref name="value"/> of an integer type, made once in the entry block.</summary>
    public Value Constant(IrType type, Int128 value)
    {
        if (!_constants.TryGetValue((type, value), out var constant))
        {
            var op = new ConstantOp(Location.Unknown, IntegerAttr.Get(type, value), type);
            Entry.Insert(op, Entry.First);
            _constants[(type, value)] = constant = op.Res;
        }

        return constant;
    }

    /// <summary>The 64-bit constant <paramref name="value"/>.</summary>
    public Value I64(long value) => Constant(IntegerType.I64, value);

    /// <summary>The 32-bit constant <paramref name="value"/>.</summary>
    public Value I32(int value) => Constant(IntegerType.I32, value);

    /// <summary>The value of an integer constant; null for another value.</summary>
    public static long? Known(Value value) =>
        value.Definer is ConstantOp { Value: IntegerAttr { Int64: var number } } ? number : null;

    /// <summary>The sum of two positions, which never wraps.</summary>
    public Value Add(Value a, Value b) =>
        (Known(a), Known(b)) switch
        {
            (0, _) => b,
            (_, 0) => a,
            ({ } x, { } y) => I64(unchecked(x + y)),
            _ => Emit(new AddOp(Location, a, b, IntegerOverflowFlags.Nsw)),
        };

    /// <summary>The product of two positions, which never wraps.</summary>
    public Value Multiply(Value a, Value b) =>
        (Known(a), Known(b)) switch
        {
            (1, _) => b,
            (_, 1) => a,
            ({ } x, { } y) => I64(unchecked(x * y)),
            (0, _) => a,
            (_, 0) => b,
            _ => Emit(new MulOp(Location, a, b, IntegerOverflowFlags.Nsw)),
        };

    /// <summary>The size of dimension <paramref name="dim"/>.</summary>
    public Value Size(MemRefValue array, int dim) => array.Sizes[dim] ?? I64(array.Type.Shape[dim]);

    /// <summary>The stride of dimension <paramref name="dim"/>, in elements.</summary>
    public Value Stride(MemRefValue array, int dim)
    {
        if (array.Strides[dim] is { } known)
        {
            return known;
        }

        if (array.Type.Layout is not null)
        {
            return I64(array.Type.StridesAndOffset!.Value.Strides[dim]);
        }

        var stride = I64(1);
        for (var i = array.Type.Rank - 1; i > dim; i--)
        {
            stride = Multiply(stride, Size(array, i));
        }

        return stride;
    }

    /// <summary>The offset of the first element, in elements.</summary>
    public Value Offset(MemRefValue array) => array.Offset ?? I64(array.Type.StridesAndOffset!.Value.Offset);

    /// <summary>The number of elements.</summary>
    public Value Count(MemRefValue array)
    {
        var count = I64(1);
        for (var i = 0; i < array.Type.Rank; i++)
        {
            count = Multiply(count, Size(array, i));
        }

        return count;
    }

    /// <summary>The address of the element at <paramref name="indices"/>, given as values of the source.</summary>
    public Value Address(MemRefValue array, IEnumerable<Value> indices, bool inBounds = true)
    {
        Value position;
        var type = array.Type;
        if (type.Layout is null)
        {
            // Dense: ((i * n1 + j) * n2 + k), so that sizes are multiplied once.
            position = I64(0);
            var dim = 0;
            foreach (var index in indices)
            {
                position = dim == 0 ? Get(index) : Add(Multiply(position, Size(array, dim)), Get(index));
                dim++;
            }
        }
        else
        {
            position = Offset(array);
            var dim = 0;
            foreach (var index in indices)
            {
                position = Add(position, Multiply(Get(index), Stride(array, dim++)));
            }
        }

        var element = LlvmTypes.Memory(LlvmTypes.Scalar(type.ElementType)!);
        return Known(position) == 0
            ? array.Base
            : Emit(
                new GEPOp(
                    Location,
                    array.Base,
                    element,
                    position,
                    inBounds ? GepNoWrapFlags.Inbounds : GepNoWrapFlags.None
                )
            );
    }

    /// <summary>Reads a scalar or vector of <paramref name="type"/>.</summary>
    public Value Load(Value address, IrType type, long alignment, bool nontemporal = false)
    {
        var memory = LlvmTypes.Memory(type);
        var loaded = Emit(new LoadOp(Location, address, memory, alignment: alignment, nontemporal: nontemporal));
        return memory == type ? loaded : Emit(new TruncOp(Location, loaded, type));
    }

    /// <summary>Writes a scalar or vector.</summary>
    public void Store(Value value, Value address, long alignment, bool nontemporal = false)
    {
        var memory = LlvmTypes.Memory(value.Type);
        var stored = memory == value.Type ? value : Emit(new ZExtOp(Location, value, memory));
        Insert(new StoreOp(Location, stored, address, alignment: alignment, nontemporal: nontemporal));
    }

    /// <summary>The address <paramref name="offset"/> bytes after <paramref name="address"/>.</summary>
    public Value ByteOffset(Value address, int offset) =>
        offset == 0 ? address : Emit(new GEPOp(Location, address, IntegerType.I8, [offset], GepNoWrapFlags.Inbounds));

    /// <summary>One of the functions that the frame points to.</summary>
    public Value FrameFunction(int offset) =>
        Emit(new LoadOp(Location, ByteOffset(Frame, offset), LlvmTypes.Pointer, alignment: 8, invariant: true));

    /// <summary>Stack memory for one value of <paramref name="type"/>, for the whole function.</summary>
    public Value StackSlot(IrType type, Value count, long? alignment = null)
    {
        var slot = new AllocaOp(Location, count, type, LlvmTypes.Pointer, alignment: alignment);
        InsertInEntry(slot, count);
        return slot.Res;
    }

    /// <summary>Remembers scratch memory, so that a failing function gives it back; the slot holds null while there is none.</summary>
    public Value ScratchSlot()
    {
        var slot = StackSlot(LlvmTypes.Pointer, I64(1), 8);
        var zero = new ZeroOp(Location, LlvmTypes.Pointer);
        Entry.Insert(zero, slot.Definer!.Next);
        Entry.Insert(new StoreOp(Location, zero.Res, slot, alignment: 8), zero.Next);
        _scratch.Add(slot);
        return slot;
    }

    /// <summary>Remembers that <paramref name="slot"/> holds <paramref name="memory"/> until that is freed.</summary>
    public void SetScratch(Value memory, Value slot) => _slotOf[memory] = slot;

    /// <summary>The slot that holds <paramref name="memory"/>; null when this function did not allocate it.</summary>
    public Value? ScratchSlotOf(Value memory) => _slotOf.GetValueOrDefault(memory);

    /// <summary>Remembers that <paramref name="call"/> frees memory of which nobody knows here which slot holds it.</summary>
    public void AddUnknownFree(Operation call, Value memory) => _unknownFrees.Add((call, memory));

    /// <summary>Empties, before memory is freed that may have come from any allocation, the slot that holds it: nothing is freed twice.</summary>
    private void ClearSlots()
    {
        foreach (var (call, memory) in _unknownFrees)
        {
            if (_scratch.Count == 0)
            {
                return;
            }

            _builder.SetInsertionPoint(call);
            Location = call.Location;
            var none = Emit(new ZeroOp(Location, LlvmTypes.Pointer));
            foreach (var slot in _scratch)
            {
                var held = Emit(new LoadOp(Location, slot, LlvmTypes.Pointer, alignment: 8));
                var same = Emit(new ICmpOp(Location, ICmpPredicate.Eq, held, memory));
                Insert(new StoreOp(Location, Emit(new SelectOp(Location, same, none, held)), slot, alignment: 8));
            }
        }
    }

    private void InsertInEntry(Operation op, Value after) =>
        Entry.Insert(op, after.Definer is { } definer && definer.Block == Entry ? definer.Next : Entry.First);

    /// <summary>Makes the block of LLVM for <paramref name="source"/>, with arguments for its arguments.</summary>
    public void AddBlock(Block source, Operation at)
    {
        var block = Function.Target.Body.AddBlock();
        _blocks[source] = block;
        var types = new List<IrType>();
        foreach (var argument in source.Arguments)
        {
            types.Clear();
            LlvmTypes.Flatten(argument.Type, types, at);
            if (Module.Gpu is not null && argument.Type is MemRefType && types[0] == LlvmTypes.Pointer)
            {
                types[0] = LlvmTypes.GlobalPointer; // what a kernel hands on is an argument, or a part of one
            }

            var start = block.Arguments.Count;
            foreach (var type in types)
            {
                block.AddArgument(type, argument.Location);
            }

            Bind(argument, block.Arguments, start);
        }
    }

    /// <summary>Makes parameters of a block, from <paramref name="start"/>, stand for <paramref name="argument"/>; returns the position after them.</summary>
    public int Bind(BlockArgument argument, IReadOnlyList<Value> parts, int start)
    {
        if (argument.Type is MemRefType type)
        {
            var all = new Value[parts.Count];
            for (var i = start; i < all.Length; i++)
            {
                all[i] = parts[i];
            }

            Set(argument, MemRefValue.Unflatten(type, all, ref start));
            return start;
        }

        parts[start].NameHint = argument.NameHint;
        Set(argument, parts[start]);
        return start + 1;
    }

    /// <summary>The block of LLVM for <paramref name="source"/>.</summary>
    public Block BlockFor(Block source) => _blocks[source];

    /// <summary>The values that stand for <paramref name="values"/>, arrays taken apart.</summary>
    public List<Value> Flatten(OperandList values, int start = 0)
    {
        var parts = new List<Value>();
        for (var i = start; i < values.Count; i++)
        {
            Flatten(values[i], parts);
        }

        return parts;
    }

    /// <summary>Appends the values that stand for <paramref name="value"/>.</summary>
    public void Flatten(Value value, List<Value> parts)
    {
        if (value.Type is not MemRefType)
        {
            parts.Add(Get(value));
            return;
        }

        var array = GetMemRef(value);
        parts.Add(array.Base);
        if (array.Offset is not null)
        {
            parts.Add(array.Offset);
        }

        parts.AddRange(array.Sizes.OfType<Value>());
        parts.AddRange(array.Strides.OfType<Value>());
    }

    /// <summary>A new block after the current one.</summary>
    public Block AddContinuation()
    {
        var block = new Block();
        Function.Target.Body.Insert(block, Current.Next);
        return block;
    }

    /// <summary>Goes on only when <paramref name="ok"/> holds; otherwise the function fails with <paramref name="status"/>.</summary>
    public void FailUnless(Value ok, int status)
    {
        if (_fail is null)
        {
            _fail = new Block();
            _fail.AddArgument(IntegerType.I32, Location);
        }

        var next = AddContinuation();
        Insert(new CondBrOp(Location, ok, default, [I32(status)], next, _fail, Likely));
        MoveTo(next);
    }

    /// <summary>Goes on only when <paramref name="ok"/> holds; otherwise the function returns: the status says why already.</summary>
    public void UnwindUnless(Value ok)
    {
        _unwind ??= new Block();
        var next = AddContinuation();
        Insert(new CondBrOp(Location, ok, default, default, next, _unwind, Likely));
        MoveTo(next);
    }

    /// <summary>Goes on only while the caller's frame says that all is well.</summary>
    public void UnwindOnStatus()
    {
        var status = Emit(new LoadOp(Location, Frame, IntegerType.I32, alignment: 4));
        UnwindUnless(Emit(new ICmpOp(Location, ICmpPredicate.Eq, status, I32(0))));
    }

    private static DenseArrayAttr Likely { get; } = DenseArrayAttr.I32(2000, 1);

    /// <summary>Adds the blocks in which the function fails.</summary>
    public void Finish()
    {
        Location = Function.Source.Location;
        if (_fail is not null)
        {
            _unwind ??= new Block();
            Function.Target.Body.Insert(_fail);
            MoveTo(_fail);
            var zero = I32(0);

            // The first failure wins. Threads of a GPU share the word: neither access may be split or kept in a register.
            var isShared = Frame.Type == LlvmTypes.GlobalPointer;
            var status = Emit(new LoadOp(Location, Frame, IntegerType.I32, alignment: 4, isVolatile: isShared));
            var first = Emit(new ICmpOp(Location, ICmpPredicate.Eq, status, zero));
            var kept = Emit(new SelectOp(Location, first, _fail.Arguments[0], status));
            Insert(new StoreOp(Location, kept, Frame, alignment: 4, isVolatile: isShared));
            Insert(new BrOp(Location, default, _unwind));
        }

        if (_unwind is null)
        {
            return;
        }

        ClearSlots();
        Location = Function.Source.Location;
        Function.Target.Body.Insert(_unwind);
        MoveTo(_unwind);
        foreach (var slot in _scratch)
        {
            var memory = Emit(new LoadOp(Location, slot, LlvmTypes.Pointer, alignment: 8));
            Insert(new CallOp(Location, FrameFunction(FrameLayout.Free), null, [memory]));
        }

        var type = Function.Target.FunctionType.ReturnType;
        Insert(new ReturnOp(Location, type is LlvmVoidType ? null : Emit(new ZeroOp(Location, type))));
    }
}
