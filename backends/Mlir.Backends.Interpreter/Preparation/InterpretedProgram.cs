using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>The prepared functions of a module. Immutable once made, so that several threads may run it.</summary>
internal sealed class InterpretedProgram
{
    private readonly Dictionary<string, FunctionCode> _functions = new(StringComparer.Ordinal);

    /// <summary>Prepares all functions of <paramref name="module"/>.</summary>
    /// <exception cref="DiagnosticException">An operation cannot be run.</exception>
    public InterpretedProgram(Operation module)
    {
        Module = module;
        Symbols = new SymbolTable(module);
        var functions = new List<(IFunctionLike, FunctionCode)>();
        foreach (var op in module.Regions[0].Single.Operations)
        {
            if (op is IFunctionLike { SymbolName: { } name } function)
            {
                var code = new FunctionCode(name, op.Location);
                _functions[name] = code;
                functions.Add((function, code));
            }
        }

        foreach (var (function, code) in functions)
        {
            if (!function.Body.IsEmpty)
            {
                new FunctionBuilder(this, code).Build(function);
            }
        }
    }

    /// <summary>The module.</summary>
    public Operation Module { get; }

    /// <summary>The symbols of the module.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>The storage of global arrays, by symbol, made by handlers on first use.</summary>
    public Dictionary<string, ArrayValue> Globals { get; } = new(StringComparer.Ordinal);

    /// <summary>The function of this name, or null.</summary>
    public FunctionCode? Find(string name) => _functions.GetValueOrDefault(name);
}
