namespace Mlir.Ptx.Text;

/// <summary>What stands where an instruction expects a value, an address or a label.</summary>
internal abstract record OperandSyntax(TextPosition Position);

/// <summary>A declared register.</summary>
internal sealed record RegisterSyntax(TextPosition Position, Register Register) : OperandSyntax(Position);

/// <summary>A special register, for example <c>%tid.x</c>.</summary>
internal sealed record SpecialSyntax(TextPosition Position, string Name) : OperandSyntax(Position);

/// <summary>An integer literal; negative ones as their two's complement.</summary>
internal sealed record IntegerSyntax(TextPosition Position, ulong Value) : OperandSyntax(Position);

/// <summary>A floating-point literal; <c>0f…</c> gives the bits of a single, everything else those of a double.</summary>
internal sealed record FloatSyntax(TextPosition Position, ulong Bits, bool IsSingle) : OperandSyntax(Position);

/// <summary>A variable, function or label, with what is added to its address.</summary>
internal sealed record NameSyntax(TextPosition Position, string Name, Variable? Variable, long Offset)
    : OperandSyntax(Position);

/// <summary>A place in memory: <c>[base+offset]</c>.</summary>
internal sealed record AddressSyntax(TextPosition Position, OperandSyntax Base, long Offset) : OperandSyntax(Position);

/// <summary>Several values in braces or parentheses.</summary>
internal sealed record ListSyntax(TextPosition Position, IReadOnlyList<OperandSyntax> Items) : OperandSyntax(Position);

/// <summary>Two destinations: <c>a|b</c>.</summary>
internal sealed record PairSyntax(TextPosition Position, OperandSyntax First, OperandSyntax Second)
    : OperandSyntax(Position);

/// <summary>A negated predicate: <c>!p</c>.</summary>
internal sealed record NotSyntax(TextPosition Position, OperandSyntax Operand) : OperandSyntax(Position);

/// <summary>A destination that nobody reads: <c>_</c>.</summary>
internal sealed record SinkSyntax(TextPosition Position) : OperandSyntax(Position);

/// <summary>A register of a function.</summary>
internal sealed record Register(string Name, PtxType Type);

/// <summary>A variable in memory, of the module or of a function.</summary>
internal sealed record Variable(
    TextPosition Position,
    string Name,
    StateSpace Space,
    int Bytes,
    int Alignment,
    bool IsDynamic,
    bool IsParameter
)
{
    /// <summary>The bytes that it starts with; shorter than the variable where zeros follow; empty where there are none.</summary>
    public byte[] Initial { get; init; } = [];

    /// <summary>Addresses of other variables inside of <see cref="Initial"/>.</summary>
    public IReadOnlyList<InitialAddress> Addresses { get; init; } = [];
}

/// <summary>The address of a variable inside of another one's first value.</summary>
internal sealed record InitialAddress(int Offset, NameSyntax Target);

internal enum StateSpace
{
    Generic,
    Global,
    Shared,
    Local,
    Constant,
    Parameter,
}

/// <summary>One instruction as it is written.</summary>
internal sealed record InstructionSyntax(
    TextPosition Position,
    string Opcode,
    IReadOnlyList<string> Modifiers,
    IReadOnlyList<OperandSyntax> Operands,
    RegisterSyntax? Guard,
    bool IsGuardNegated,
    string Text,
    SourcePlace? Source
);

/// <summary>The place in a program that an instruction comes from, as <c>.loc</c> says.</summary>
internal sealed record SourcePlace(IReadOnlyDictionary<ulong, string> Files, ulong File, ulong Line, ulong Column)
{
    public override string ToString() => $"{Files.GetValueOrDefault(File, "?")}:{Line}:{Column}";
}

/// <summary>A kernel or a function as it is written.</summary>
internal sealed class FunctionSyntax(TextPosition position, string name, bool isKernel)
{
    public TextPosition Position { get; } = position;
    public string Name { get; } = name;
    public bool IsKernel { get; } = isKernel;
    public bool HasBody { get; set; }
    public List<Variable> Results { get; } = [];
    public List<Variable> Parameters { get; } = [];
    public List<Variable> Variables { get; } = [];
    public List<InstructionSyntax> Instructions { get; } = [];

    /// <summary>Labels, and the index of the instruction that follows each.</summary>
    public Dictionary<string, int> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>The lists of labels that indexed branches choose from.</summary>
    public Dictionary<string, IReadOnlyList<NameSyntax>> BranchTargets { get; } = new(StringComparer.Ordinal);

    /// <summary>The most threads of a block along each dimension (or their product in the first), where the text says so.</summary>
    public int[]? MaxThreads { get; set; }

    /// <summary>The exact block size, where the text demands one.</summary>
    public int[]? RequiredThreads { get; set; }
}

/// <summary>A module as it is written.</summary>
internal sealed class ModuleSyntax
{
    public string Version { get; set; } = "";
    public string Target { get; set; } = "";
    public int AddressSize { get; set; } = 64;

    /// <summary>The files that <c>.loc</c> speaks of, by number.</summary>
    public Dictionary<ulong, string> Files { get; } = [];
    public List<Variable> Variables { get; } = [];
    public List<FunctionSyntax> Functions { get; } = [];
}
