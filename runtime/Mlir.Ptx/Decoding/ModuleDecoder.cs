using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>Decodes the functions of a module and lays out its shared memory.</summary>
internal sealed class ModuleDecoder
{
    /// <summary>The most memory of its own that a thread has.</summary>
    public const int MaxLocalBytes = 512 << 10;

    private readonly Dictionary<string, Variable> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionCode> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<FunctionCode, HashSet<Variable>> used = [];

    /// <summary>Decodes everything.</summary>
    /// <exception cref="PtxParseException">The text holds what the machine does not know.</exception>
    public ModuleDecoder(ModuleSyntax syntax)
    {
        Target = syntax.Target;
        foreach (var variable in syntax.Variables)
        {
            variables[variable.Name] = variable;
        }

        foreach (var function in syntax.Functions)
        {
            if (function.HasBody)
            {
                var code = new FunctionCode(function);
                functions[function.Name] = code;
                used[code] = [];
                Decoder.LayOutVariables(code);
            }
        }

        foreach (var code in functions.Values)
        {
            Decoder.Decode(this, code);
        }
    }

    /// <summary>What the module is made for, such as <c>sm_80</c>.</summary>
    public string Target { get; }

    public IEnumerable<FunctionCode> Functions => functions.Values;

    public IEnumerable<Variable> Variables => variables.Values;

    public FunctionCode? Find(string name) => functions.GetValueOrDefault(name);

    public Variable? Variable(string name) => variables.GetValueOrDefault(name);

    /// <summary>Takes note that a function names a variable.</summary>
    public void Use(FunctionCode function, Variable variable) => used[function].Add(variable);

    /// <summary>A function and all that it calls, directly or not.</summary>
    public static List<FunctionCode> Reachable(FunctionCode function)
    {
        var found = new List<FunctionCode> { function };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Callees.Where(callee => !found.Contains(callee)));
        }

        return found;
    }

    /// <summary>Gives each shared variable that a kernel reaches its place; says how many bytes they take.</summary>
    public (Dictionary<Variable, int> Offsets, int Bytes) LayOutShared(FunctionCode kernel)
    {
        var offsets = new Dictionary<Variable, int>();
        var size = 0;
        var reached = Reachable(kernel).SelectMany(function => used[function]).ToHashSet();
        var shared = variables.Values.Concat(functions.Values.SelectMany(function => function.Syntax.Variables));
        foreach (var variable in shared.Where(v => v.Space == StateSpace.Shared && !v.IsDynamic && reached.Contains(v)))
        {
            offsets[variable] = Decoder.LayOut(variable, ref size);
        }

        // What the launch adds lies behind, for every variable of that kind at the same place.
        var dynamics = reached.Where(variable => variable.IsDynamic).ToList();
        var alignment = dynamics.Count == 0 ? 1 : dynamics.Max(variable => variable.Alignment);
        size = (size + alignment - 1) & -alignment;
        foreach (var variable in dynamics)
        {
            offsets[variable] = size;
        }

        return (offsets, size);
    }
}
