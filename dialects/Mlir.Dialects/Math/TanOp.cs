using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The tangent of an angle in radians.</summary>
/// <example><code>%r = math.tan %x : f64</code></example>
[Op("math.tan", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class TanOp : Operation, IPure, IElementwise, ISameType
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
