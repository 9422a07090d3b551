using Mlir.Dialects.Func;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>
/// Makes every operation at the tensor level defined for all inputs: puts a <c>cf.assert</c> before what would be undefined for some of
/// them (subscripts, sizes that disagree, division), limits what would give poison (shifts, conversions of floats), takes away promises
/// (<c>nsw</c>, <c>nnan</c>), and clears memory that would be read before it is written. What is known to hold is not checked.
/// </summary>
/// <example><code>
/// %x = tensor.extract %t[%i] : tensor&lt;?xf64>
/// →
/// %n = tensor.dim %t, %c0
/// %ok = arith.cmpi ult, %i, %n : index
/// cf.assert %ok, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
/// %x = tensor.extract %t[%i] : tensor&lt;?xf64>
/// </code></example>
[Pass("generate-runtime-verification")]
public sealed partial record GenerateRuntimeVerification : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        if (op.IsDeclaration)
        {
            return;
        }

        foreach (var inner in op.Walk().ToList())
        {
            Promises.Drop(inner);
            if (inner is Tensor.EmptyOp empty)
            {
                UnwrittenMemory.Clear(empty);
            }
            else if (ScalarChecks.NeedsElements(inner))
            {
                // The check is one of each element.
                ElementwiseToLinalg.Convert(inner);
            }
        }

        new FunctionChecks(context.Cancellation).Run(op);
    }
}
