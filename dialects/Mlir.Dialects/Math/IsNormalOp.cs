using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>Whether the operand is neither zero, subnormal, infinite nor NaN.</summary>
/// <example><code>%r = math.isnormal %x : f64</code></example>
[Op("math.isnormal", Format = "$operand attr-dict `:` type($operand)")]
public sealed partial class IsNormalOp : Operation, IPure, IElementwise, ISameShape
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
        ConstantFolder.Elementwise(
            operands,
            results,
            Result.Type,
            (bits, _, _) =>
                TypeFacts.ScalarOf(Operand.Type) is FloatType format
                    ? FloatClasses.IsNormal(format, bits)
                        ? UInt128.One
                        : UInt128.Zero
                    : null
        );
}
