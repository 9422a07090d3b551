using Mlir.Dialects;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Prepares one function: gives each value a register and turns the operations into instructions, structured ones into jumps.</summary>
internal sealed class FunctionBuilder
{
    /// <summary>The interpreter has no handler for an operation.</summary>
    public static readonly DiagnosticTemplate NotSupported = new(
        "MLIR6002",
        DiagnosticSeverity.Error,
        "the interpreter cannot run '{0}'{1}"
    );

    /// <summary>A declaration was called.</summary>
    public static readonly DiagnosticTemplate NoBody = new(
        "MLIR6003",
        DiagnosticSeverity.Error,
        "the function '@{0}' has no body"
    );

    private readonly Dictionary<Value, Register> _registers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, Label> _labels = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Operation, int[]> _subscripts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Operation, Label> _ends = new(ReferenceEqualityComparer.Instance);
    private readonly List<long> _scalars = [0];
    private readonly List<object?> _objects = [];
    private List<Instruction> _instructions = [];

    /// <summary>Starts a function of a program.</summary>
    public FunctionBuilder(InterpretedProgram program, FunctionCode function) =>
        (Program, Function) = (program, function);

    /// <summary>The program.</summary>
    public InterpretedProgram Program { get; }

    /// <summary>What is prepared.</summary>
    public FunctionCode Function { get; }

    /// <summary>Prepares all of <paramref name="function"/>.</summary>
    public void Build(IFunctionLike function)
    {
        Function.Parameters = RegistersOf(function.Body.First!.Arguments);
        Function.Results = [.. function.FunctionType.Results.Select(NewRegister)];
        BuildRegion(function.Body);
        Function.Code.Set(_instructions);
        Function.InitialScalars = [.. _scalars];
        Function.InitialObjects = [.. _objects];
    }

    /// <summary>The register of a value.</summary>
    public Register RegisterOf(Value value)
    {
        if (!_registers.TryGetValue(value, out var register))
        {
            _registers[value] = register = NewRegister(value.Type);
        }

        return register;
    }

    /// <summary>The registers of values.</summary>
    public Register[] RegistersOf(IEnumerable<Value> values) => [.. values.Select(RegisterOf)];

    /// <summary>The number of the register of a value that is a scalar.</summary>
    public int Scalar(Value value) =>
        RegisterOf(value) is { IsObject: false } register
            ? register.Index
            : throw new DiagnosticException(
                NotSupported.At(
                    value.Definer?.Location ?? Function.Location,
                    value.Definer?.Name ?? "block argument",
                    $" with a value of type {value.Type} here"
                )
            );

    /// <summary>The number of the object register of a value.</summary>
    public int Object(Value value) =>
        RegisterOf(value) is { IsObject: true } register
            ? register.Index
            : throw new DiagnosticException(
                NotSupported.At(
                    value.Definer?.Location ?? Function.Location,
                    value.Definer?.Name ?? "block argument",
                    $" with a value of type {value.Type} here"
                )
            );

    /// <summary>A new register for values of <paramref name="type"/>.</summary>
    public Register NewRegister(IrType type)
    {
        if (type is not ShapedType && ElementKinds.Of(type) != ElementKind.Boxed)
        {
            _scalars.Add(0);
            return new Register(_scalars.Count - 1, false, type);
        }

        _objects.Add(null);
        return new Register(_objects.Count - 1, true, type);
    }

    /// <summary>The scalar registers of the subscripts of a structured operation's loops.</summary>
    public int[] SubscriptsOf(Operation op, int count)
    {
        if (!_subscripts.TryGetValue(op, out var registers))
        {
            registers = new int[count];
            for (var i = 0; i < count; i++)
            {
                registers[i] = Constant(0);
            }

            _subscripts[op] = registers;
        }

        return registers;
    }

    /// <summary>A register that holds a scalar constant.</summary>
    public int Constant(long value)
    {
        _scalars.Add(value);
        return _scalars.Count - 1;
    }

    /// <summary>Makes the register of <paramref name="result"/> start with a constant.</summary>
    public void SetConstant(Value result, long value) => _scalars[Scalar(result)] = value;

    /// <summary>Makes the register of <paramref name="result"/> start with a constant.</summary>
    public void SetConstant(Value result, object value) => _objects[Object(result)] = value;

    /// <summary>Appends an instruction.</summary>
    public void Emit(Instruction instruction) => _instructions.Add(instruction);

    /// <summary>Appends a step given as code.</summary>
    public void Emit(Action<Frame> action) => _instructions.Add(new ActionInstruction(action));

    /// <summary>Appends copies of registers.</summary>
    public void Move(IReadOnlyList<Register> sources, IReadOnlyList<Register> targets)
    {
        if (sources.Count > 0)
        {
            Emit(new MoveInstruction(sources, targets));
        }
    }

    /// <summary>Makes <paramref name="label"/> mean the next instruction.</summary>
    public void Mark(Label label) => label.Position = _instructions.Count;

    /// <summary>The label of a block.</summary>
    public Label LabelOf(Block block)
    {
        if (!_labels.TryGetValue(block, out var label))
        {
            _labels[block] = label = new Label();
        }

        return label;
    }

    /// <summary>The label of what follows an operation of several blocks.</summary>
    public Label EndOf(Operation op)
    {
        if (!_ends.TryGetValue(op, out var label))
        {
            _ends[op] = label = new Label();
        }

        return label;
    }

    /// <summary>Appends a whole region, block by block; what its terminators do is up to their handlers.</summary>
    public void BuildRegion(Region region)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var block = region.First; block is not null; block = block.Next)
        {
            Mark(LabelOf(block));
            BuildOperations(block);
        }
    }

    /// <summary>Appends the operations of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="before">The operation to stop at; null for all.</param>
    public void BuildOperations(Block block, Operation? before = null)
    {
        for (var op = block.First; op is not null && !ReferenceEquals(op, before); op = op.Next)
        {
            HandlerTable.Find(op)(this, op);
        }
    }

    /// <summary>Prepares code of its own, which shares the frame of the function.</summary>
    public Code BuildCode(Action build)
    {
        var outer = _instructions;
        _instructions = [];
        build();
        Emit(new ExitInstruction());
        var code = new Code();
        code.Set(_instructions);
        _instructions = outer;
        return code;
    }

    /// <summary>Appends an elementwise operation: on scalars, or on arrays element by element.</summary>
    public void Elementwise<TRule>(Operation op, Value result, TRule rule)
        where TRule : struct, IScalarRule
    {
        var operands = op.Operands;
        if (result.Type is ShapedType shaped)
        {
            if (
                ElementKinds.Of(shaped.ElementType) == ElementKind.Boxed
                || operands.Any(o => ElementKinds.Of(TypeFacts.ScalarOf(o.Type)) == ElementKind.Boxed)
            )
            {
                throw Unsupported(op, $" on elements of {shaped.ElementType}");
            }

            Emit(
                new ElementwiseInstruction<TRule>(
                    rule,
                    [.. operands.Select(Object)],
                    Object(result),
                    ElementKinds.Of(shaped.ElementType),
                    op
                )
            );
            return;
        }

        Emit(
            new ScalarInstruction<TRule>(
                rule,
                operands.Count > 0 ? Scalar(operands[0]) : 0,
                operands.Count > 1 ? Scalar(operands[1]) : 0,
                operands.Count > 2 ? Scalar(operands[2]) : 0,
                Scalar(result)
            )
        );
    }

    /// <summary>The error for an operation that cannot be run.</summary>
    public static DiagnosticException Unsupported(Operation op, string detail = "") =>
        new(NotSupported.At(op.Location, op.Name, detail));
}
