using Mlir.Dialects.Func;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Temporaries that need no allocation.</summary>
internal static class StackMemory
{
    private const long MaxBytes = 1024;

    /// <summary>A small temporary of known size that <paramref name="block"/>, the first of a function, made and frees: it lives on the stack.</summary>
    public static bool TryMove(Value buffer, Block block)
    {
        if (
            buffer.Definer is not AllocOp { DynamicSizes.Count: 0 } alloc
            || !ReferenceEquals(alloc.Block, block)
            || block.ParentOp is not FuncOp function
            || !ReferenceEquals(block, function.Body.First)
            || buffer.Type is not MemRefType { HasStaticShape: true } type
            || type.ElementCount * DenseElementsAttr.ElementSize(type.ElementType) > MaxBytes
        )
        {
            return false;
        }

        var alloca = new Emitter(new OpBuilder(alloc), alloc.Location).Alloca(type);
        buffer.ReplaceAllUsesWith(alloca);
        alloc.Erase();
        return true;
    }
}
