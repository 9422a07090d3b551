using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Checks that the IR has reached a level: that no operation, and no value, of the levels above is left.</summary>
/// <param name="Level">The level.</param>
[Pass("check-level")]
public sealed partial record CheckLevel(IrLevel Level = IrLevel.Loops) : Pass
{
    private static readonly DiagnosticTemplate Illegal = new(
        "MLIR3020",
        DiagnosticSeverity.Error,
        "'{0}' is left although the IR should be at the level of {1}"
    );

    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        foreach (var inner in op.Walk())
        {
            if (!IsLegal(inner))
            {
                context.Report(Illegal.At(inner.Location, inner.Name, Level.ToString().ToLowerInvariant()));
                return;
            }
        }
    }

    private bool IsLegal(Operation op) =>
        op.Definition.Dialect switch
        {
            "builtin" => true,
            "tensor" or "linalg" => Level == IrLevel.Tensors,
            "memref" or "vector" => Level is IrLevel.Loops or IrLevel.Blocks && !HasTensor(op),
            "scf" => Level is IrLevel.Tensors or IrLevel.Loops && !(Level == IrLevel.Loops && HasTensor(op)),
            "llvm" => Level == IrLevel.Target || op is InlineAsmOp or ExtractValueOp, // instructions that no other dialect has
            "func" or "arith" or "math" or "cf" => Level == IrLevel.Tensors
                || (Level != IrLevel.Target && !HasTensor(op)),
            _ => Level != IrLevel.Target,
        };

    private static bool HasTensor(Operation op) =>
        op.Results.Any(r => r.Type is RankedTensorType or UnrankedTensorType)
        || op.Regions.Any(g => g.First?.Arguments.Any(a => a.Type is RankedTensorType or UnrankedTensorType) == true);
}
