using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The absolute value of a signed integer; that of the smallest one wraps to itself.</summary>
/// <example><code>%r = math.absi %x : i32</code></example>
[Op("math.absi", Format = "$operand attr-dict `:` type($result)")]
public sealed partial class AbsIOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Operand { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Integers(operands, results, Result.Type, static (a, _, w) => a < 0 ? unchecked(-a) : a);
}
