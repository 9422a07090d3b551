namespace Mlir.Dialects.Linalg;

/// <summary>What follows from the parts of a structured operation.</summary>
public static class LinalgOpExtensions
{
    extension(ILinalgOp op)
    {
        /// <summary>The number of loops.</summary>
        public int LoopCount => op.IteratorTypeList.Count;

        /// <summary>Whether all loops are parallel.</summary>
        public bool IsParallel => op.IteratorTypeList.All(t => t == IteratorType.Parallel);

        /// <summary>Whether all destinations are tensors, so that the operation only computes values.</summary>
        public bool HasTensorSemantics => op.Outputs.All(o => o.Type is RankedTensorType);

        /// <summary>Whether all arrays are in memory.</summary>
        public bool HasBufferSemantics =>
            op.Outputs.All(o => o.Type is MemRefType) && op.Inputs.All(i => i.Type is not RankedTensorType);
    }
}
