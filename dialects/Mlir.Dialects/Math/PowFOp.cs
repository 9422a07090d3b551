using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>A float to the power of another.</summary>
/// <example><code>%r = math.powf %a, %b : f64</code></example>
[Op("math.powf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class PowFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The base.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The exponent.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }
}
