using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>A signed integer to the power of another, wrapping; negative exponents give the integer part.</summary>
/// <example><code>%r = math.ipowi %a, %b : i32</code></example>
[Op("math.ipowi", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class IPowIOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The base.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The exponent.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The power.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 1) && results.Be(Lhs))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, w) => IntegerMath.Power(a, b, w));
}
