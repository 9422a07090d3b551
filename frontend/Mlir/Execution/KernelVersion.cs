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
    public KernelVersion(ImportedKernel imported, CompiledModule module, KernelShape shape)
    {
        (Imported, Module, Shape) = (imported, module, shape);
        IsElementwise = shape.Tensors is null && IsElementwiseMain(imported);
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

    /// <summary>
    /// Whether each element of the only result is made of the elements at the same place alone, so that the result may lie
    /// exactly where an argument does.
    /// </summary>
    public bool IsElementwise { get; }

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
