using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The number of trailing zero bits; the width for zero.</summary>
/// <example><code>%r = math.cttz %x : i32</code></example>
[Op("math.cttz", Format = "$operand attr-dict `:` type($result)")]
public sealed partial class CountTrailingZerosOp : Operation, IPure, IElementwise, ISameType
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
            static (a, _, w) => a == 0 ? w : (int)UInt128.TrailingZeroCount(IntegerMath.Unsigned(a, w))
        );
}
