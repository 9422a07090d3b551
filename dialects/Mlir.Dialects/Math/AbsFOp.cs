using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The absolute value: clears the sign bit, also of NaN.</summary>
/// <example><code>%r = math.absf %x : f64</code></example>
[Op("math.absf", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class AbsFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (Operand.Definer is AbsFOp && results.Be(Operand))
        || ConstantFolder.Bits(
            operands,
            results,
            Result.Type,
            static (bits, type) => bits & ((UInt128.One << (type.Width - 1)) - 1)
        );
}
