using System.Collections.Immutable;
using System.Globalization;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A number of elements or bytes as a polynomial in the sizes of a function's arguments, such as <c>8·x.Lengths[0]·x.Lengths[1]</c>.</summary>
public sealed class SizeFormula
{
    // A product of sizes, sorted by name, and what it is multiplied by.
    private readonly ImmutableSortedDictionary<string, (long Factor, ImmutableArray<Symbol> Symbols)> _terms;

    private SizeFormula(ImmutableSortedDictionary<string, (long Factor, ImmutableArray<Symbol> Symbols)> terms) =>
        _terms = terms;

    /// <summary>A size that is only known when the arguments are.</summary>
    /// <param name="Name">How it is written.</param>
    /// <param name="Evaluate">Its value for arguments of these shapes; null when they do not say.</param>
    internal sealed record Symbol(string Name, Func<IReadOnlyList<long[]?>, long?> Evaluate);

    /// <summary>Nothing.</summary>
    public static SizeFormula Zero { get; } =
        new(
            ImmutableSortedDictionary.Create<string, (long Factor, ImmutableArray<Symbol> Symbols)>(
                StringComparer.Ordinal
            )
        );

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    public static SizeFormula Constant(long value) => value == 0 ? Zero : new(Zero._terms.Add("", (value, [])));

    /// <summary>The value for arguments of these shapes.</summary>
    /// <param name="shapes">The shapes of the arguments in order; null for scalars.</param>
    /// <returns>The value, or null when it depends on more than the shapes.</returns>
    public long? Evaluate(IReadOnlyList<long[]?> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        long? sum = 0;
        foreach (var (factor, symbols) in _terms.Values)
        {
            sum += symbols.Aggregate((long?)factor, (product, symbol) => product * symbol.Evaluate(shapes));
        }

        return sum;
    }

    /// <summary>The sum of two sizes.</summary>
    public static SizeFormula operator +(SizeFormula left, SizeFormula right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var terms = left._terms;
        foreach (var (key, (factor, symbols)) in right._terms)
        {
            var sum = terms.TryGetValue(key, out var known) ? known.Factor + factor : factor;
            terms = sum == 0 ? terms.Remove(key) : terms.SetItem(key, (sum, symbols));
        }

        return new SizeFormula(terms);
    }

    /// <summary>The product of two sizes.</summary>
    public static SizeFormula operator *(SizeFormula left, SizeFormula right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var result = Zero;
        foreach (var (f, a) in left._terms.Values)
        {
            foreach (var (g, b) in right._terms.Values)
            {
                ImmutableArray<Symbol> symbols = [.. a.Concat(b).OrderBy(s => s.Name, StringComparer.Ordinal)];
                result += new SizeFormula(
                    Zero._terms.Add(string.Join('·', symbols.Select(s => s.Name)), (f * g, symbols))
                );
            }
        }

        return result;
    }

    /// <summary>The formula.</summary>
    public override string ToString()
    {
        if (_terms.IsEmpty)
        {
            return "0";
        }

        // Products of more sizes first.
        var parts = _terms
            .OrderByDescending(t => t.Value.Symbols.Length)
            .Select(t =>
                t.Key.Length == 0 ? t.Value.Factor.ToString("N0", CultureInfo.InvariantCulture)
                : t.Value.Factor == 1 ? t.Key
                : string.Create(CultureInfo.InvariantCulture, $"{t.Value.Factor}·{t.Key}")
            );
        return string.Join(" + ", parts).Replace("+ -", "- ", StringComparison.Ordinal);
    }

    internal static SizeFormula Of(Symbol symbol) => new(Zero._terms.Add(symbol.Name, (1, [symbol])));

    /// <summary>The value when every size is <paramref name="size"/>: enough to compare loops over large arrays.</summary>
    internal double Typical(double size) => _terms.Values.Sum(t => t.Factor * Math.Pow(size, t.Symbols.Length));

    /// <summary>The size that <paramref name="value"/> of type index is.</summary>
    internal static SizeFormula Of(Value value)
    {
        if (value.ConstInt is { } constant)
        {
            return Constant((long)constant);
        }

        return value.Definer switch
        {
            Dialects.MemRef.DimOp { Index.ConstInt: { } dim } op => Of(op.Source, (int)dim),
            Dialects.Arith.AddIOp op => Of(op.Lhs) + Of(op.Rhs),
            Dialects.Arith.SubIOp op => Of(op.Lhs) + (Constant(-1) * Of(op.Rhs)),
            Dialects.Arith.MulIOp op => Of(op.Lhs) * Of(op.Rhs),
            Dialects.Arith.DivUIOp op => Binary(op.Lhs, op.Rhs, "/", (a, b) => b == 0 ? null : a / b),
            Dialects.Arith.DivSIOp op => Binary(op.Lhs, op.Rhs, "/", (a, b) => b == 0 ? null : a / b),
            Dialects.Arith.MaxSIOp op => Binary(op.Lhs, op.Rhs, " max ", Math.Max),
            Dialects.Arith.MinSIOp op => Binary(op.Lhs, op.Rhs, " min ", Math.Min),
            Dialects.Arith.IndexCastOp op => Of(op.Operands[0]),
            _ => Of(new Symbol(value.NameHint is { Length: > 0 } name ? name : "size", _ => null)),
        };
    }

    /// <summary>Dimension <paramref name="dim"/> of <paramref name="array"/>.</summary>
    internal static SizeFormula Of(Value array, int dim)
    {
        while (true)
        {
            var type = (ShapedType)array.Type;
            if (!type.IsDynamicDim(dim))
            {
                return Constant(type.Shape[dim]);
            }

            switch (array.Definer)
            {
                case Dialects.MemRef.AllocOp alloc:
                    return Of(alloc.DynamicSizes[type.Shape.Span[..dim].Count(ShapedType.Dynamic)]);
                case Dialects.MemRef.CastOp cast
                    when cast.Source.Type is MemRefType { } source && source.Rank == type.Rank:
                    array = cast.Source;
                    continue;
                case Dialects.MemRef.CollapseShapeOp collapse:
                    return collapse.Groups[dim].Aggregate(Constant(1), (product, k) => product * Of(collapse.Src, k));
                case Dialects.MemRef.SubViewOp view
                    when SliceFacts.DimOf(view, SliceFacts.KeptDims(view, type)[dim]) is { } part:
                    return part.SizeValue is { } size ? Of(size) : Constant(part.Size);
            }

            if (array is not BlockArgument { ParentBlock.IsEntry: true, Index: var argument })
            {
                return Of(new Symbol("size", _ => null));
            }

            var name = Explainer.NameOf(array);
            return type.Rank == 1
                ? Of(new Symbol($"{name}.FlattenedLength", s => ShapeOf(s, argument)?.Aggregate(1L, (a, b) => a * b)))
                : Of(
                    new Symbol(
                        $"{name}.Lengths[{dim}]",
                        s => ShapeOf(s, argument) is { } shape && dim < shape.Length ? shape[dim] : null
                    )
                );
        }
    }

    private static long[]? ShapeOf(IReadOnlyList<long[]?> shapes, int argument) =>
        argument < shapes.Count ? shapes[argument] : null;

    private static SizeFormula Binary(Value left, Value right, string text, Func<long, long, long?> compute) =>
        Binary(Of(left), Of(right), text, compute);

    private static SizeFormula Binary(Value left, Value right, string text, Func<long, long, long> compute) =>
        Binary(Of(left), Of(right), text, (a, b) => compute(a, b));

    private static SizeFormula Binary(SizeFormula a, SizeFormula b, string text, Func<long, long, long?> compute) =>
        Of(
            new Symbol(
                $"({a}{text}{b})",
                shapes => a.Evaluate(shapes) is { } x && b.Evaluate(shapes) is { } y ? compute(x, y) : null
            )
        );
}
