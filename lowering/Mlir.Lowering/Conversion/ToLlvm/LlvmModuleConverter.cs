using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Converts one module: declares all functions, then fills them in, then drops the sources.</summary>
/// <param name="module">The module.</param>
/// <param name="cancellation">Ends the conversion early.</param>
/// <param name="gpu">The GPU whose kernels these are; null for functions of a processor.</param>
internal sealed class LlvmModuleConverter(ModuleOp module, CancellationToken cancellation, Gpu.GpuTarget? gpu = null)
{
    private readonly Dictionary<string, LlvmFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<Operation> _added = [];
    private readonly HashSet<string> _declared = [];

    /// <summary>The ways in which the kernels can fail.</summary>
    public ErrorTable Errors { get; init; } = new();

    /// <summary>The GPU whose kernels these are; null for functions of a processor.</summary>
    public Gpu.GpuTarget? Gpu => gpu;

    /// <summary>Converts the module in place; when that fails the module stays as it was.</summary>
    /// <exception cref="ConversionException">An operation or a type has no counterpart in LLVM.</exception>
    public void Run()
    {
        var body = module.Regions[0].Single;
        var functions = new List<FuncOp>();
        var sources = new List<Operation>();
        foreach (var op in body.Operations)
        {
            switch (op)
            {
                case FuncOp function:
                    functions.Add(function);
                    sources.Add(function);
                    break;

                case Dialects.MemRef.GlobalOp global:
                    Add(MemRefToLlvm.ConvertGlobal(global));
                    sources.Add(global);
                    break;

                case LLVMFuncOp
                or GlobalOp:
                    break;

                default:
                    throw ConversionException.For(op, "it cannot stand at the top of a module for LLVM");
            }
        }

        var needFrame = FrameAnalysis.Run(functions);
        var aliases = new AliasAnalysis(functions);
        foreach (var function in functions)
        {
            _functions[function.SymName] = gpu is { } target
                ? Lowering.Gpu.KernelFunction.Declare(function, needFrame.Contains(function), target)
                : LlvmFunction.Declare(function, needFrame.Contains(function), aliases.NoAlias(function));
        }

        foreach (var function in _functions.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            FunctionConverter.Convert(this, function);
        }

        foreach (var source in sources)
        {
            source.Erase();
        }

        // The sources are gone, so their names are free.
        foreach (var function in _functions.Values)
        {
            body.Insert(function.Target);
        }

        foreach (var op in _added)
        {
            body.Insert(op);
        }

        Errors.AttachTo(module);
    }

    /// <summary>The function <paramref name="name"/> of the module, or null.</summary>
    public LlvmFunction? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>Adds a global, an entry point or a thunk to the module.</summary>
    public void Add(Operation op) => _added.Add(op);

    /// <summary>Declares what the target provides, once.</summary>
    public void Declare<T>(T declaration)
        where T : Operation, ISymbol
    {
        if (_declared.Add(declaration.SymbolName!))
        {
            Add(declaration);
        }
    }
}
