using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>A float to the power of a signed integer.</summary>
/// <example><code>%r = math.fpowi %x, %n : f64, i32</code></example>
[Op("math.fpowi", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($lhs) `,` type($rhs)")]
public sealed partial class FPowIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>The base.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The exponent.</summary>
    [Operand<FixedIntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The power.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }
}
