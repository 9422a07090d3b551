using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Gives tensors memory. Parameters become memrefs that are only read, results memrefs that were allocated for the caller (marked
/// <c>mlir.result</c>), temporaries are freed after their last use, and a buffer that nobody reads any more is written in place.
/// </summary>
/// <param name="Parallel">Whether loops whose iterations touch nothing in common may run on several threads.</param>
[Pass("one-shot-bufferize")]
public sealed partial record Bufferize(bool Parallel = true) : Pass
{
    /// <summary>Marks the allocation that becomes a result of a public function.</summary>
    internal const string ResultAttribute = "mlir.result";

    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        if (op is not ModuleOp module)
        {
            return;
        }

        foreach (var function in module.Regions[0].Single.Operations.OfType<FuncOp>().ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (HasTensors(function))
            {
                new FunctionBufferizer(function, Parallel).Run();
            }
        }
    }

    private static bool HasTensors(FuncOp function) =>
        function.FunctionType.Inputs.Any(IsTensor)
        || function.FunctionType.Results.Any(IsTensor)
        || function.Walk().Any(o => o.Results.Any(r => IsTensor(r.Type)));

    /// <summary>Whether values of <paramref name="type"/> are tensors.</summary>
    internal static bool IsTensor(IrType type) => type is RankedTensorType or UnrankedTensorType;

    /// <summary>The memref type that stands for a tensor type; other types stay.</summary>
    internal static IrType BufferType(IrType type) =>
        type is RankedTensorType tensor ? MemRefType.Get(tensor.Shape.Span, tensor.ElementType) : type;
}
