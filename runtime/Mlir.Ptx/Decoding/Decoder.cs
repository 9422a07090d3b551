using System.Buffers.Binary;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>Turns the instructions of one function into their decoded form and lays out its frame.</summary>
internal sealed class Decoder
{
    private const int MaxFrameBytes = 16 << 20;
    private const int Alignment = 64;

    private readonly ModuleDecoder module;
    private readonly FunctionSyntax function;
    private readonly Dictionary<Register, int> registers = [];
    private readonly Dictionary<(int Bytes, ulong Value), int> constants = [];
    private readonly Dictionary<(Variable Variable, long Offset, int Bytes), int> addresses = [];
    private readonly Dictionary<SpecialRegister, int> specials = [];
    private readonly List<Relocation> relocations = [];
    private readonly List<string> modifiers = [];
    private readonly HashSet<int> named = [];
    private InstructionSyntax at = null!;
    private int frameBytes;

    private Decoder(ModuleDecoder module, FunctionCode code)
    {
        this.module = module;
        Code = code;
        function = code.Syntax;
    }

    /// <summary>The function that is being decoded.</summary>
    public FunctionCode Code { get; }

    /// <summary>The instruction that is being decoded.</summary>
    public InstructionSyntax Syntax => at;

    public int OperandCount => at.Operands.Count;

    /// <summary>Decodes a function's body.</summary>
    public static void Decode(ModuleDecoder module, FunctionCode code)
    {
        var decoder = new Decoder(module, code);
        decoder.DecodeInstructions();
        decoder.Finish();
    }

    // ---------------------------------------------------------------- modifiers

    /// <summary>Refuses what the module's target does not have.</summary>
    /// <param name="least">The first target that has it.</param>
    /// <param name="isOnly">Whether no other one has.</param>
    public void RequireTarget(string least, bool isOnly = false)
    {
        static int Number(string target) =>
            int.TryParse(target.AsSpan(target.IndexOf('_') + 1).TrimEnd("af"), out var number) ? number : 0;

        if (isOnly ? module.Target != least : Number(module.Target) < Number(least))
        {
            throw Fail($"needs .target {least}{(isOnly ? "" : " or later")}, and the module has {module.Target}");
        }
    }

    /// <summary>Takes a modifier where it is there.</summary>
    public bool Has(string modifier) => modifiers.Remove(modifier);

    /// <summary>Takes the first of these modifiers that is there.</summary>
    public string? OneOf(params ReadOnlySpan<string> choices)
    {
        foreach (var choice in choices)
        {
            if (modifiers.Remove(choice))
            {
                return choice;
            }
        }

        return null;
    }

    /// <summary>Takes one of these modifiers, which must be there.</summary>
    public string Require(params ReadOnlySpan<string> choices) =>
        OneOf(choices) ?? throw Fail($"needs one of .{string.Join(", .", choices.ToArray())}");

    /// <summary>Takes the next type.</summary>
    public PtxType Type() =>
        TryType() is var type and not PtxType.None ? type : throw Fail("needs a type, such as .b32");

    /// <summary>Takes the next type, which must be one of these.</summary>
    public PtxType Type(params ReadOnlySpan<PtxType> allowed)
    {
        var type = Type();
        return allowed.Contains(type) ? type : throw Fail($"is not known for .{type.Name}");
    }

    /// <summary>Takes the next type where one is there.</summary>
    public PtxType TryType()
    {
        for (var i = 0; i < modifiers.Count; i++)
        {
            if (PtxTypes.TryParse(modifiers[i], out var type))
            {
                modifiers.RemoveAt(i);
                return type;
            }
        }

        return PtxType.None;
    }

    /// <summary>The next type, which stays there.</summary>
    public PtxType PeekType()
    {
        foreach (var modifier in modifiers)
        {
            if (PtxTypes.TryParse(modifier, out var type))
            {
                return type;
            }
        }

        return PtxType.None;
    }

    public PtxParseException Fail(string message) => Fail(at.Position, $"'{Name}' {message}");

    public static PtxParseException Fail(TextPosition position, string message) =>
        new(position.Line, position.Column, message);

    private string Name => at.Modifiers.Count == 0 ? at.Opcode : $"{at.Opcode}.{string.Join('.', at.Modifiers)}";

    // ---------------------------------------------------------------- operands

    public OperandSyntax Operand(int index) =>
        index < at.Operands.Count
            ? at.Operands[index]
            : throw Fail($"needs {index + 1} operands or more, and has {at.Operands.Count}");

    public void RequireOperands(int count)
    {
        if (at.Operands.Count != count)
        {
            throw Fail($"takes {count} operands, and has {at.Operands.Count}");
        }
    }

    /// <summary>The place of a value that an instruction reads.</summary>
    public int Source(int index, PtxType type) => Source(Operand(index), type);

    public int Source(OperandSyntax operand, PtxType type) =>
        operand switch
        {
            RegisterSyntax register => Place(register, type, isWider: false),
            SpecialSyntax special => Special(special, type),
            IntegerSyntax integer when type != PtxType.Pred => Constant(type.Bytes, integer.Value),
            IntegerSyntax truth => Constant(0, truth.Value == 0 ? 0UL : 1), // as in C: LLVM writes -1 for true
            FloatSyntax literal when type.Bytes >= 4 => Constant(type.Bytes, Literals.Bits(literal, type)),
            NameSyntax { Name: "WARP_SZ" } => Constant(type.Bytes, 32),
            NameSyntax name when type.Bytes is 4 or 8 => Address(name, type.Bytes),
            _ => throw Fail(operand.Position, $"expected a value of type .{type.Name}"),
        };

    /// <summary>The place of a value; the register may be wider than the type (loads, stores, conversions).</summary>
    public (int Slot, int Bytes) WideSource(OperandSyntax operand, PtxType type) =>
        operand is RegisterSyntax register
            ? (Place(register, type, isWider: true), register.Register.Type.Bytes)
            : (Source(operand, type.Bytes == 1 ? PtxType.B16 : type), Math.Max(type.Bytes, 2));

    /// <summary>The place that an instruction writes; the register may be wider than the type.</summary>
    public (int Slot, int Bytes) WideDestination(OperandSyntax operand, PtxType type) =>
        operand switch
        {
            RegisterSyntax register => (Place(register, type, isWider: true), register.Register.Type.Bytes),
            SinkSyntax => (Scratch(Math.Max(type.Bytes, 2)), Math.Max(type.Bytes, 2)),
            _ => throw Fail(operand.Position, "expected a register to write"),
        };

    /// <summary>The place that an instruction writes.</summary>
    public int Destination(int index, PtxType type) => Destination(Operand(index), type);

    public int Destination(OperandSyntax operand, PtxType type) =>
        operand switch
        {
            RegisterSyntax register => Place(register, type, isWider: false),
            SinkSyntax => Scratch(type.Bytes),
            _ => throw Fail(operand.Position, "expected a register to write"),
        };

    /// <summary>A place of its own that no register names.</summary>
    public int Scratch(int bytes) => Reserve(bytes);

    /// <summary>The place of a constant, the same in all lanes; zero bytes make a predicate.</summary>
    public int Constant(int bytes, ulong value)
    {
        value &= bytes is 0 or 8 ? ulong.MaxValue : (1UL << (8 * bytes)) - 1;
        if (!constants.TryGetValue((bytes, value), out var slot))
        {
            constants[(bytes, value)] = slot = Reserve(bytes);
        }

        return slot;
    }

    /// <summary>The items of a list in braces or parentheses; anything else is its own only item.</summary>
    public IReadOnlyList<OperandSyntax> Items(int index) =>
        Operand(index) is ListSyntax list ? list.Items : [Operand(index)];

    /// <summary>The instruction that a label stands in front of.</summary>
    public int Label(OperandSyntax operand) =>
        operand is NameSyntax name && function.Labels.TryGetValue(name.Name, out var target)
            ? target
            : throw Fail(operand.Position, "expected a label of this function");

    public IReadOnlyList<NameSyntax> BranchTargets(OperandSyntax operand) =>
        operand is NameSyntax name && function.BranchTargets.TryGetValue(name.Name, out var targets)
            ? targets
            : throw Fail(operand.Position, "expected a label with .branchtargets");

    public FunctionCode Function(OperandSyntax operand) =>
        operand is NameSyntax name && module.Find(name.Name) is { } found
            ? found
            : throw Fail(operand.Position, "expected a function that this module defines");

    /// <summary>The variable that a name means.</summary>
    public Variable Variable(NameSyntax name) =>
        name.Variable ?? module.Variable(name.Name) ?? throw Fail(name.Position, $"'{name.Name}' is not declared");

    private int Place(RegisterSyntax operand, PtxType type, bool isWider)
    {
        var register = operand.Register;
        var isPredicate = type == PtxType.Pred;
        var isFit =
            isPredicate == (register.Type == PtxType.Pred)
            && (register.Type.Bytes == type.Bytes || (isWider && register.Type.Bytes > type.Bytes));
        if (!isFit)
        {
            throw Fail(
                operand.Position,
                $"{register.Name} is a register of type .{register.Type.Name}, and .{type.Name} is needed here"
            );
        }

        if (!registers.TryGetValue(register, out var slot))
        {
            registers[register] = slot = Reserve(register.Type.Bytes);
        }

        _ = named.Add(slot);
        return slot;
    }

    private int Special(SpecialSyntax operand, PtxType type)
    {
        if (!SpecialRegisters.TryParse(operand.Name, out var register))
        {
            throw Fail(operand.Position, $"'{operand.Name}' is neither declared nor a special register known here");
        }

        if (type.Bytes != 4)
        {
            throw Fail(operand.Position, $"{operand.Name} has 32 bits, and .{type.Name} is needed here");
        }

        if (!specials.TryGetValue(register, out var slot))
        {
            specials[register] = slot = Reserve(4);
        }

        return slot;
    }

    private int Address(NameSyntax name, int bytes)
    {
        var key = (Variable(name), name.Offset, bytes);
        if (!addresses.TryGetValue(key, out var slot))
        {
            addresses[key] = slot = Reserve(bytes);
            relocations.Add(new(slot, bytes, key.Item1, name.Offset));
            module.Use(Code, key.Item1);
        }

        return slot;
    }

    private int Reserve(int bytes)
    {
        var slot = frameBytes;
        frameBytes += Math.Max(bytes * 32, Alignment);
        return frameBytes <= MaxFrameBytes
            ? slot
            : throw Fail(
                function.Position,
                $"'{function.Name}' needs more registers than fit ({MaxFrameBytes} bytes a warp)"
            );
    }

    // ---------------------------------------------------------------- the whole function

    /// <summary>Gives parameters and the thread's own variables their places.</summary>
    public static void LayOutVariables(FunctionCode code)
    {
        var function = code.Syntax;
        var parameters = 0;
        foreach (var variable in function.IsKernel ? [] : function.Results.Concat(function.Parameters))
        {
            code.ParameterOffsets[variable] = LayOut(variable, ref parameters);
        }

        var local = 0;
        foreach (var variable in function.Variables)
        {
            if (variable.Space == StateSpace.Parameter)
            {
                code.ParameterOffsets[variable] = LayOut(variable, ref parameters);
            }
            else if (variable.Space == StateSpace.Local)
            {
                code.LocalOffsets[variable] = LayOut(variable, ref local);
            }
        }

        code.ParameterBytes = (parameters + 15) & ~15;
        code.LocalBytes = (local + 15) & ~15;
    }

    /// <summary>The next place for a variable, behind those that have theirs.</summary>
    public static int LayOut(Variable variable, ref int size)
    {
        var offset = (size + variable.Alignment - 1) & -variable.Alignment;
        if ((long)offset + variable.Bytes > ModuleDecoder.MaxLocalBytes)
        {
            throw Fail(
                variable.Position,
                $"a thread has {ModuleDecoder.MaxLocalBytes} bytes of its own memory at most"
            );
        }

        size = offset + variable.Bytes;
        return offset;
    }

    private void DecodeInstructions()
    {
        var code = new List<Instruction>(function.Instructions.Count + 1);
        var names = new List<int[]>();
        foreach (var syntax in function.Instructions)
        {
            at = syntax;
            named.Clear();
            modifiers.Clear();
            modifiers.AddRange(syntax.Modifiers);
            var instruction = OpcodeTable.Decode(this, syntax.Opcode);
            if (modifiers.Count > 0)
            {
                throw Fail($"has .{modifiers[0]}, which is not known here");
            }

            instruction.Syntax = syntax;
            if (syntax.Guard is { } guard)
            {
                instruction.Guard = Source(guard, PtxType.Pred);
                instruction.IsGuardNegated = syntax.IsGuardNegated;
            }

            code.Add(instruction);
            names.Add([.. named]);
        }

        FindProductRegisters(code, names);

        // A body may end without 'ret'; running off its end leaves the function, too.
        code.Add(
            new Operations.Return
            {
                Class = PtxInstructionClass.Control,
                Syntax = new(function.Position, "ret", [], [], null, false, "ret", null),
            }
        );
        Code.Code = [.. code];
        Reconvergence.Find(Code.Code);
    }

    // Whoever names a register of a product is looked at while it runs; elsewhere that costs nothing.
    private static void FindProductRegisters(List<Instruction> code, List<int[]> names)
    {
        var products = code.OfType<Operations.WarpgroupMultiply>().SelectMany(product => product.Slots).ToHashSet();
        for (var i = 0; products.Count > 0 && i < code.Count; i++)
        {
            if (
                code[i] is not Operations.WarpgroupMultiply
                && names[i].Where(products.Contains).ToArray() is [_, ..] own
            )
            {
                code[i].ProductRegisters = own;
            }
        }
    }

    private void Finish()
    {
        Code.FrameBytes = frameBytes;
        Code.RegisterCount = registers.Count;
        Code.Relocations = relocations;
        Code.Specials = [.. specials.Select(pair => (pair.Value, pair.Key))];
        var end =
            constants.Count == 0 ? 0 : constants.Max(pair => pair.Value + Math.Max(pair.Key.Bytes * 32, Alignment));
        Code.Template = new byte[end];
        foreach (var ((bytes, value), slot) in constants)
        {
            Broadcast(Code.Template.AsSpan(slot), bytes, value);
        }
    }

    /// <summary>Writes a value for all 32 lanes; a predicate is one word with a bit for each lane.</summary>
    public static void Broadcast(Span<byte> slot, int bytes, ulong value)
    {
        if (bytes == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(slot, value == 0 ? 0 : uint.MaxValue);
            return;
        }

        Span<byte> element = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(element, value);
        for (var lane = 0; lane < 32; lane++)
        {
            element[..bytes].CopyTo(slot[(lane * bytes)..]);
        }
    }
}
