using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Tells functions whose loops are written over vectors from those whose loops LLVM may still turn into vector code.</summary>
internal static class VectorCode
{
    /// <summary>Whether there are vectors, and every loop computes with them.</summary>
    /// <param name="functions">Functions of the <c>llvm</c> dialect.</param>
    public static bool IsComplete(IEnumerable<LLVMFuncOp> functions)
    {
        var any = false;
        foreach (var function in functions)
        {
            var blocks = function.Body.Blocks.ToArray();
            var places = new Dictionary<Block, int>(ReferenceEqualityComparer.Instance);

            // How many of the blocks before each one hold vectors.
            var before = new int[blocks.Length + 1];
            for (var i = 0; i < blocks.Length; i++)
            {
                places[blocks[i]] = i;
                before[i + 1] = before[i] + (HasVectors(blocks[i]) ? 1 : 0);
            }

            any |= before[^1] > 0;

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
