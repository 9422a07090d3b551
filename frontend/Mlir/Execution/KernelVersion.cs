using Mlir.Backends;
using Mlir.Frontend.Expressions;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>A lambda compiled for one class of shapes.</summary>
internal sealed class KernelVersion
{
    public KernelVersion(ImportedKernel imported, CompiledModule module, KernelShape shape)
    {
        (Imported, Module, Shape) = (imported, module, shape);
        Native = module.FindNative(ImportedKernel.EntryPoint);
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

    public CompiledModule Module { get; }

    public KernelShape Shape { get; }

    /// <summary>The machine code; null for the interpreter.</summary>
    public NativeFunction? Native { get; }

    public KernelSignature Signature { get; }
}
