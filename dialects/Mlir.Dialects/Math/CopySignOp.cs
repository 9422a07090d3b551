using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The magnitude of one float with the sign of another.</summary>
/// <example><code>%r = math.copysign %a, %b : f64</code></example>
[Op("math.copysign", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class CopySignOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The magnitude.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The sign.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.Be(Lhs))
        || ConstantFolder.Floats(operands, results, Result.Type, System.Math.CopySign);
}
