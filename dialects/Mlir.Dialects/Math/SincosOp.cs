using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The sine and the cosine of an angle in radians.</summary>
/// <example><code>%sin, %cos = math.sincos %x : f64</code></example>
[Op("math.sincos", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($operand)")]
public sealed partial class SincosOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The angle.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The sine.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Sin { get; }

    /// <summary>The cosine.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Cos { get; }

    /// <inheritdoc/>
    public override string ResultNameHint(int index) => index == 0 ? "sin" : "cos";
}
