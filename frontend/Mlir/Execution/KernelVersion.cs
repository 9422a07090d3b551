using Mlir.Backends;
using Mlir.Dialects.Func;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>A lambda compiled for one class of shapes.</summary>
internal sealed class KernelVersion
{
    private volatile NativeFunction? _native;
    private volatile CompiledModule _module;

    public KernelVersion(ImportedKernel imported, CompiledModule module, KernelShape shape)
    {
        (Imported, _module, Shape) = (imported, module, shape);
        IsElementwise = shape.Tensors is null && IsElementwiseMain(imported);
        _native = module.FindNative(ImportedKernel.EntryPoint);
        var ranks = module.Functions.Single(f => f.Name == ImportedKernel.EntryPoint).Signature;

        // The IR's integers have no sign and no char: the slots and arrays are those of the C# types.
        Signature = new KernelSignature(
            [
                .. ranks.Parameters.Select(
                    (p, i) => p with { ElementType = ElementTypes.Of(imported.Arguments[i].Element.ClrType) }
                ),
            ],
            [
                .. ranks.Results.Select(
                    (p, i) => p with { ElementType = ElementTypes.Of(imported.Results[i].Element.ClrType) }
                ),
            ]
        );
    }

    public ImportedKernel Imported { get; }

    /// <summary>The compiled module: at first perhaps a quickly compiled one, and another one after its device was lost.</summary>
    public CompiledModule Module => _module.IsUsable || Renewal is not { } renewal ? _module : _module = renewal();

    /// <summary>Finds the module anew, for a device that was opened again; null where that cannot be needed.</summary>
    public Func<CompiledModule>? Renewal { get; init; }

    /// <summary>Ends when optimised code has taken over, or with the failure that kept it from being made.</summary>
    public Task Optimized { get; private set; } = Task.CompletedTask;

    public KernelShape Shape { get; }

    /// <summary>The machine code; null for the interpreter.</summary>
    public NativeFunction? Native => _native;

    /// <summary>Chooses among variants of the machine code; null where nothing is measured.</summary>
    public Tuning? Tuning { get; set; }

    public KernelSignature Signature { get; }

    /// <summary>
    /// Whether each element of the only result is made of the elements at the same place alone, so that the result may lie
    /// exactly where an argument does.
    /// </summary>
    public bool IsElementwise { get; }

    /// <summary>Compiles better code on another thread and goes over to it; calls that run meanwhile end in the code they began in.</summary>
    /// <param name="compile">Compiles; must not hold this object, so that a version that nobody calls any more is not optimised.</param>
    public void Optimize(Func<CompiledModule> compile) =>
        Optimized = Run(new WeakReference<KernelVersion>(this), compile);

    private static Task Run(WeakReference<KernelVersion> version, Func<CompiledModule> compile) =>
        Task.Run(() =>
        {
            if (!version.TryGetTarget(out _))
            {
                return;
            }

            var module = compile();
            if (version.TryGetTarget(out var alive))
            {
                var native = module.FindNative(ImportedKernel.EntryPoint);
                alive._module = module;
                alive._native = native;
            }
        });

    private static bool IsElementwiseMain(ImportedKernel imported) =>
        imported.Results.Length == 1
        && imported.Arguments.Count(a => a.Kind == LeafKind.Tensor) <= new FuseElementwise().MaxInputs // all of it is one loop
        && imported.Module.Body.Operations.OfType<FuncOp>().Single(f => f.SymName == ImportedKernel.EntryPoint)
            is var main
        && main.Body.HasOneBlock
        && main.Entry.Operations.All(o =>
            (o is IElementwise && o.Regions.Count == 0) || o is IConstantLike or SplatOp or DimOp or EmptyOp or ReturnOp
        );
}
