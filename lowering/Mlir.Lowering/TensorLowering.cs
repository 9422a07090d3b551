using Mlir.Lowering.Conversion.MathToArith;

namespace Mlir.Lowering;

/// <summary>The first part of the way down, which all targets share: it decides what is computed and how it is rounded, and so the bits of a result.</summary>
internal static class TensorLowering
{
    /// <summary>From tensors to fused groups of plain arithmetic, still on tensors.</summary>
    /// <param name="mixedLanes">Whether reductions of different element sizes may share a group.</param>
    public static PassPipeline Fused(bool mixedLanes) =>
        [
            new Inline(), // first: fusion sees across calls
            new SymbolDce(), // what was inlined everywhere need not be lowered
            new Canonicalize(),
            new Cse(), // equal subexpressions before they become bodies, which are not compared
            new ElementwiseToLinalg(),
            new GeneralizeNamed(), // fusion knows one form of linalg
            new FuseSlices(), // before fusion: what reads a slice takes in what makes it
            new FuseElementwise(MixedLanes: mixedLanes), // before buffers: fused temporaries never get one
            new SplitFills(), // after fusion: reductions that became one share what they start from
            new ExpandMath(), // after fusion, which weighs an elementary function as one operation
            new TakeLiberties(), // after the expansions, which look at the flags that this one takes away
            new RoundSumsOnce(), // after fusion, which brings a product into the body of its sum
            new Canonicalize(), // sizes that only dead tensors were asked for
            new Cse(), // equal subexpressions that met in one body
        ];
}
