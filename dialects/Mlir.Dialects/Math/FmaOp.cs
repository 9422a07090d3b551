using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary><c>a * b + c</c>, rounded once.</summary>
/// <example><code>%r = math.fma %a, %b, %c : f64</code></example>
[Op("math.fma", Format = "$a `,` $b `,` $c (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class FmaOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The first factor.</summary>
    [Operand<FloatLike>]
    public partial Value A { get; }

    /// <summary>The second factor.</summary>
    [Operand<FloatLike>]
    public partial Value B { get; }

    /// <summary>The addend.</summary>
    [Operand<FloatLike>]
    public partial Value C { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(A))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        TypeFacts.ScalarOf(Result.Type) is FloatType { Width: <= 64 } format
        && ConstantFolder.Floats(
            operands,
            results,
            Result.Type,
            (a, b, c) => FusedMultiplyAdd.Compute(format, a, b, c)
        );
}
