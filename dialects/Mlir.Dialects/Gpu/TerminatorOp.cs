namespace Mlir.Dialects.Gpu;

/// <summary>Ends the body of a launch.</summary>
/// <example><code>gpu.terminator</code></example>
[Op("gpu.terminator", Format = "attr-dict")]
public sealed partial class TerminatorOp : Operation, ITerminator, IPure;
