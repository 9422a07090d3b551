using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A subscript that is a sum: loops times numbers, a number, and a value that the host knows.</summary>
/// <param name="Steps">How far it goes with a step of each loop.</param>
/// <param name="Constant">The number.</param>
/// <param name="Known">The value of the host; null for none.</param>
internal sealed record LinearSubscript(long[] Steps, long Constant, Value? Known)
{
    /// <summary>What <paramref name="expression"/> says; null where that is no such sum.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="loops">The number of loops.</param>
    public static LinearSubscript? Of(AffineExpr expression, int loops) =>
        expression switch
        {
            AffineDimExpr dim => new([.. Enumerable.Range(0, loops).Select(d => d == dim.Position ? 1L : 0)], 0, null),
            AffineConstantExpr constant => new(new long[loops], constant.Value, null),
            AffineBinaryExpr { Kind: AffineBinaryKind.Add } sum
                when Of(sum.Left, loops) is { } left && Of(sum.Right, loops) is { } right => new(
                [.. left.Steps.Zip(right.Steps, (a, b) => a + b)],
                left.Constant + right.Constant,
                null
            ),
            AffineBinaryExpr { Kind: AffineBinaryKind.Mul, Right: AffineConstantExpr factor } product
                when Of(product.Left, loops) is { } times => new(
                [.. times.Steps.Select(s => s * factor.Value)],
                times.Constant * factor.Value,
                null
            ),
            _ => null,
        };

    /// <summary>Whether it goes with a loop.</summary>
    public bool Uses(int loop) => Steps[loop] != 0;

    /// <summary>The same, so much further on; null where two values of the host would have to be added.</summary>
    public LinearSubscript? Plus(long constant, Value? known) =>
        Known is not null && known is not null
            ? null
            : this with
            {
                Constant = Constant + constant,
                Known = Known ?? known,
            };

    /// <summary>Whether both differ by a number only.</summary>
    public bool IsNear(LinearSubscript other) =>
        Steps.AsSpan().SequenceEqual(other.Steps) && ReferenceEquals(Known, other.Known);

    /// <summary>Emits it, without its number, where the values of loops are known; loops without a value do not count.</summary>
    public Value Emit(Emitter e, Value?[] ivs)
    {
        var sum = Known ?? e.Index(0);
        for (var loop = 0; loop < Steps.Length; loop++)
        {
            if (Uses(loop) && ivs[loop] is { } iv)
            {
                sum = e.Add(sum, e.Mul(iv, e.Index(Steps[loop])));
            }
        }

        return sum;
    }
}
