using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>Whether the operand is NaN.</summary>
/// <example><code>%r = math.isnan %x : f64</code></example>
[Op("math.isnan", Format = "$operand attr-dict `:` type($operand)")]
public sealed partial class IsNaNOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The answer, for each element.</summary>
    [Result<BoolLike>(InferredBy = nameof(InferResult))]
    public partial OpResult Result { get; }

    private static IrType InferResult(Value operand) => TypeFacts.BoolsLike(operand.Type);

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Compare(operands, results, Result.Type, static (x, _) => double.IsNaN(x));
}
