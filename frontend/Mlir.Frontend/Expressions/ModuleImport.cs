using System.Linq.Expressions;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>What the functions of one module share while they are imported.</summary>
/// <param name="module">The module.</param>
/// <param name="functions">Finds functions that are called by name.</param>
/// <param name="shape">What is known of the shapes of arguments.</param>
/// <param name="steps">How many lambdas are composed, each of which is a function.</param>
internal sealed class ModuleImport(ModuleOp module, FunctionResolver? functions, KernelShape shape, int steps = 0)
{
    /// <summary>The most functions that a module may get beside those that are composed; only tensors whose rank grows from call to call need so many.</summary>
    public const int MaxFunctions = 256;

    private readonly Dictionary<(LambdaExpression Lambda, FunctionType Inputs), ImportedFunction> _functions = [];
    private readonly HashSet<string> _names = [ImportedKernel.EntryPoint];

    /// <summary>The module.</summary>
    public ModuleOp Module { get; } = module;

    /// <summary>Finds functions that are called by name.</summary>
    public FunctionResolver? Functions { get; } = functions;

    /// <summary>Whether all tensors are known to have one shape.</summary>
    public bool SameShape { get; } = shape.Tensors is null;

    /// <summary>Where computed sizes may turn out to be 1; null where there are none, because all tensors have one shape.</summary>
    public SizesOfOne? Ones { get; } = shape.Tensors is null ? null : new SizesOfOne(shape);

    /// <summary>Says that what is imported depends on ranks or sizes, or gives a tensor of a shape of its own: elements in a row do not serve.</summary>
    /// <exception cref="ShapesNeededException">Tensors are taken as rows of elements; the import begins anew when shapes are known.</exception>
    public void RequireShapes()
    {
        if (SameShape)
        {
            throw new ShapesNeededException();
        }
    }

    /// <summary>Whether functions call each other in a circle.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>Whether there are too many functions.</summary>
    public bool IsFull => _functions.Count >= MaxFunctions + steps;

    /// <summary>The function that <paramref name="lambda"/> becomes for arguments of these types, or null before its import began.</summary>
    public ImportedFunction? Find(LambdaExpression lambda, FunctionType inputs) =>
        _functions.GetValueOrDefault((lambda, inputs));

    /// <summary>Begins the import of a function.</summary>
    public ImportedFunction Begin(string name, LambdaExpression lambda, FunctionType inputs)
    {
        var symbol = name;
        for (var i = 1; !_names.Add(symbol); i++)
        {
            symbol = $"{name}_{i}";
        }

        return _functions[(lambda, inputs)] = new ImportedFunction(symbol);
    }

    /// <summary>Adds a finished function to the module.</summary>
    public void Add(FuncOp function) => Module.Body.Insert(function);
}
