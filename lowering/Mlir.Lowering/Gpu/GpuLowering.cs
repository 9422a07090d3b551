namespace Mlir.Lowering.Gpu;

/// <summary>The way of a module from tensors to kernels and the launches of the host.</summary>
public static class GpuLowering
{
    /// <summary>From the tensor level to kernels in the <c>llvm</c> dialect and functions of the host that launch them.</summary>
    /// <param name="target">What the kernels are compiled to.</param>
    public static PassPipeline PipelineFor(GpuTarget target) =>
        [
            .. TensorLowering.Fused(mixedLanes: false), // the CPU's, for its bits
            new Bufferize(), // iterations that touch nothing in common become threads
            new ProductsToGpu(Subgroups: target == GpuTarget.Ptx), // while what follows a product has the product's loops
            new InterchangeReductions(), // the order of reductions is the CPU's
            new RowsToGpu(Subgroups: target == GpuTarget.Ptx), // before loops are one: operations that share rows become one kernel
            new CollapseLoops(), // one index instead of several: no division, and wide accesses
            new ProductsToGpu(Subgroups: target == GpuTarget.Ptx), // those whose rows or columns were several loops
            new LoopsToGpu(), // before single stores become kernels: those of a loop are one
            new LinalgToGpu(Subgroups: target == GpuTarget.Ptx),
            new OutlineKernels(), // before simplifications: what they hoist would become an argument
            new CheckLevel(IrLevel.Loops), // here at the latest a tensor that has no form on memory is named
            new Canonicalize(), // loops of known length, what only kernels needed
            new Cse(), // subscripts of neighbouring loops
            new WidenBf16(), // last: nothing puts narrow operations together again
            new ConvertGpuToLlvm(target),
            new ScfToCf(), // the host goes from step to step
        ];
}
