using Mlir.Lowering.Conversion.MathToArith;

namespace Mlir.Lowering.Gpu;

/// <summary>The way of a module from tensors to kernels and the launches of the host.</summary>
public static class GpuLowering
{
    /// <summary>From the tensor level to kernels in the <c>llvm</c> dialect and functions of the host that launch them.</summary>
    /// <param name="target">What the kernels are compiled to.</param>
    public static PassPipeline PipelineFor(GpuTarget target) =>
        [
            new Inline(), // first: fusion sees across calls
            new SymbolDce(), // what was inlined everywhere need not be lowered
            new Canonicalize(),
            new Cse(), // equal subexpressions before they become bodies, which are not compared
            new ElementwiseToLinalg(),
            new GeneralizeNamed(), // fusion knows one form of linalg
            new FuseSlices(), // before fusion: what reads a slice takes in what makes it
            new FuseElementwise(MixedLanes: false), // before buffers: fused temporaries never get one
            new SplitFills(), // after fusion: reductions that became one share what they start from
            new ExpandMath(), // the CPU's expansions, for the CPU's bits
            new TakeLiberties(), // after the expansions, which look at the flags that this one takes away
            new RoundSumsOnce(), // as on the CPU, for its bits
            new Canonicalize(), // sizes that only dead tensors were asked for
            new Cse(), // equal subexpressions that met in one body
            new Bufferize(Parallel: false), // threads are the kernels' own
            new InterchangeReductions(), // the order of reductions is the CPU's
            new CollapseLoops(), // one index instead of several: no division, and wide accesses
            new LinalgToGpu(Subgroups: target == GpuTarget.Ptx),
            new OutlineKernels(), // before simplifications: what they hoist would become an argument
            new CheckLevel(IrLevel.Loops), // here at the latest a tensor that has no form on memory is named
            new Canonicalize(), // loops of known length, what only kernels needed
            new Cse(), // subscripts of neighbouring loops
            new ConvertGpuToLlvm(target),
            new ScfToCf(), // the host goes from step to step
        ];
}
