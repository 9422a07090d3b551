using Mlir.Dialects.Arith;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A size as another number, or as a dimension of an array, plus a known number.</summary>
/// <param name="Of">The number or the array; null for known sizes.</param>
/// <param name="Dim">The dimension of the array; −1 for a number.</param>
/// <param name="Offset">What is added.</param>
internal readonly record struct Size(Value? Of, int Dim, Int128 Offset)
{
    /// <summary>A dimension of an array.</summary>
    public static Size Dimension(Value memory, int d) =>
        memory.Definer is AllocOp alloc && memory.Type is MemRefType type && type.IsDynamicDim(d)
            ? Number(alloc.DynamicSizes[type.Shape.Span[..d].Count(ShapedType.Dynamic)])
            : new Size(memory, d, 0);

    /// <summary>A number of type <c>index</c>.</summary>
    public static Size Number(Value number) =>
        number switch
        {
            { ConstInt: { } known } => new Size(null, -1, known),
            { Definer: AddIOp { Lhs: var x, Rhs.ConstInt: { } c } } => Number(x).Plus(c),
            { Definer: AddIOp { Lhs.ConstInt: { } c, Rhs: var x } } => Number(x).Plus(c),
            { Definer: SubIOp { Lhs: var x, Rhs.ConstInt: { } c } } => Number(x).Plus(-c),
            { Definer: DimOp { Source: var memory, Index.ConstInt: { } d } } => Dimension(memory, (int)d),
            _ => new Size(number, -1, 0),
        };

    private Size Plus(Int128 more) => this with { Offset = Offset + more };
}

/// <summary>Which arrays that go around in a loop keep their sizes.</summary>
/// <param name="loop">The loop.</param>
internal sealed class LoopSizes(ForOp loop)
{
    /// <summary>A size that is asked for inside the loop, as one from outside: the same in every iteration; null when it may change.</summary>
    private Size? Outside(Size size)
    {
        if (size.Of is BlockArgument argument && ReferenceEquals(argument.ParentBlock, loop.Body))
        {
            if (size.Dim < 0 || !KeepsSize(argument, size.Dim))
            {
                return null;
            }

            var first = Size.Dimension(loop.InitArgs[argument.Index - 1], size.Dim);
            return first with { Offset = first.Offset + size.Offset };
        }

        return size.Of is null || !(size.Of.Definer ?? size.Of.ParentBlock!.ParentOp!).IsWithin(loop) ? size : null;
    }

    /// <summary>The sizes of what <paramref name="alloc"/>, in the body, makes in every iteration; null when they may change.</summary>
    public IReadOnlyList<Size>? Outside(AllocOp alloc)
    {
        var sizes = new List<Size>();
        foreach (var number in alloc.DynamicSizes)
        {
            if (Outside(Size.Number(number)) is not { } size)
            {
                return null;
            }

            sizes.Add(size);
        }

        return sizes;
    }

    /// <summary>Whether an array that goes around has the sizes that it had at first in all iterations.</summary>
    public bool KeepsSizes(BlockArgument argument) =>
        argument.Type is MemRefType type
        && Enumerable.Range(0, type.Rank).All(d => !type.IsDynamicDim(d) || KeepsSize(argument, d));

    private bool KeepsSize(BlockArgument argument, int d)
    {
        // All that go around in this type had equal sizes at first, and each next one takes its size from one of them; or this one alone does.
        var all = loop.RegionIterArgs.Where(a => a.Type == argument.Type).ToList();
        return StayEqual(all, d) || (all.Count > 1 && StayEqual([argument], d));
    }

    private bool StayEqual(List<BlockArgument> group, int d)
    {
        var first = Size.Dimension(loop.InitArgs[group[0].Index - 1], d);
        return group.All(a =>
            Size.Dimension(loop.InitArgs[a.Index - 1], d) == first
            && Size.Dimension(loop.Body.Last!.Operands[a.Index - 1], d) is var next
            && (
                next == first
                || (next.Offset == 0 && next.Dim == d && next.Of is BlockArgument from && group.Contains(from))
            )
        );
    }
}
