using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The number of leading zero bits.</summary>
/// <example><code>%r = math.ctlz %x : i32</code></example>
[Op("math.ctlz", Format = "$operand attr-dict `:` type($result)")]
public sealed partial class CountLeadingZerosOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Operand { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Integers(
            operands,
            results,
            Result.Type,
            static (a, _, w) => w - 128 + (int)UInt128.LeadingZeroCount(IntegerMath.Unsigned(a, w))
        );
}
