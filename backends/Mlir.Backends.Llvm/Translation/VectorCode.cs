using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Tells functions whose loops are written over vectors from those whose loops LLVM may still turn into vector code.</summary>
internal static class VectorCode
{
    /// <summary>
    /// Whether there are vectors, and every loop computes with them or hands its work on: what it calls by address, the runtime's
    /// parallel loop, LLVM cannot look into.
    /// </summary>
    /// <param name="functions">Functions of the <c>llvm</c> dialect.</param>
    public static bool IsComplete(IEnumerable<LLVMFuncOp> functions)
    {
        var any = false;
        foreach (var function in functions)
        {
            var blocks = function.Body.Blocks.ToArray();
            var places = new Dictionary<Block, int>(ReferenceEqualityComparer.Instance);

            // How many of the blocks before each one leave LLVM's vectoriser nothing to do.
            var before = new int[blocks.Length + 1];
            for (var i = 0; i < blocks.Length; i++)
            {
                places[blocks[i]] = i;
                var vectors = HasVectors(blocks[i]);
                any |= vectors;
                before[i + 1] = before[i] + (vectors || blocks[i].Operations.Any(IsCallByAddress) ? 1 : 0);
            }

            // Each cycle goes back somewhere, and lies between there and the edge that does: the lowering keeps blocks in order.
            for (var i = 0; i < blocks.Length; i++)
            {
                foreach (var edge in blocks[i].Last?.Successors ?? [])
                {
                    if (places[edge.Target] is var target && target <= i && before[i + 1] == before[target])
                    {
                        return false;
                    }
                }
            }
        }

        return any;
    }

    private static bool IsCallByAddress(Operation op) => op is CallOp { Callee: null };

    private static bool HasVectors(Block block)
    {
        foreach (var op in block.Operations)
        {
            foreach (var result in op.Results)
            {
                if (result.Type is VectorType)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
