using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The exponential function, base e.</summary>
/// <example><code>%r = math.exp %x : f64</code></example>
[Op("math.exp", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class ExpOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }
}
