using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The angle of the point (Rhs, Lhs) in radians, in the range from -pi to pi.</summary>
/// <example><code>%r = math.atan2 %a, %b : f64</code></example>
[Op("math.atan2", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class Atan2Op : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The ordinate y.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The abscissa x.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }
}
