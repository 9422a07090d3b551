using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary><c>exp(x) - 1</c>, accurate for small operands.</summary>
/// <example><code>%r = math.expm1 %x : f64</code></example>
[Op("math.expm1", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class ExpM1Op : Operation, IPure, IElementwise, ISameType
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
