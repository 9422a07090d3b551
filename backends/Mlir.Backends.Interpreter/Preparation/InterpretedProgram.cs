using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>The prepared functions of a module. Immutable once made, so that several threads may run it.</summary>
internal sealed class InterpretedProgram
{
    private readonly Dictionary<string, FunctionCode> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ArrayValue> _globals = new(StringComparer.Ordinal);

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

    /// <summary>The array that a <c>memref.global</c> names: one for all runs of the program.</summary>
    public ArrayValue Global(Operation user, SymbolRefAttr symbol)
    {
        if (!_globals.TryGetValue(symbol.Leaf, out var array))
        {
            if (Symbols.Lookup(symbol.Leaf) is not GlobalOp { InitialValue: { } initial, Type: var type })
            {
                throw FunctionBuilder.Unsupported(user, $": {symbol} has no definition here");
            }

            array = initial is DenseElementsAttr dense
                ? new ArrayValue(Storage.From(dense), [.. type.Shape])
                : new ArrayValue(
                    new Storage(ElementKinds.Of(type.ElementType), ArrayValue.CountOf(type.Shape.Span))
                    {
                        IsShared = true,
                    },
                    [.. type.Shape]
                );
            _globals[symbol.Leaf] = array;
        }

        return array;
    }

    /// <summary>The function of this name, or null.</summary>
    public FunctionCode? Find(string name) => _functions.GetValueOrDefault(name);
}
