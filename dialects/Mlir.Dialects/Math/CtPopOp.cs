using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The number of set bits.</summary>
/// <example><code>%r = math.ctpop %x : i32</code></example>
[Op("math.ctpop", Format = "$operand attr-dict `:` type($result)")]
public sealed partial class CtPopOp : Operation, IPure, IElementwise, ISameType
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
            static (a, _, w) => (Int128)UInt128.PopCount(IntegerMath.Unsigned(a, w))
        );
}
