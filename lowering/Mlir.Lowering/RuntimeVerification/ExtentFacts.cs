using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What is known of sizes at a place: where each comes from, and which are equal because an assertion said so before.</summary>
/// <remarks>Facts belong to a scope, a region, and end with it.</remarks>
internal sealed class ExtentFacts
{
    private readonly Dictionary<(Value Tensor, int Dim), Extent> _traced = [];
    private readonly Dictionary<Extent, Extent> _equal = [];
    private readonly Dictionary<Extent, int> _sizes = [];
    private readonly HashSet<object> _known = [];
    private readonly Stack<Action?> _undo = new();

    /// <summary>Begins a scope.</summary>
    public void Enter() => _undo.Push(null);

    /// <summary>Ends the innermost scope and forgets its facts.</summary>
    public void Leave()
    {
        while (_undo.Pop() is { } undo)
        {
            undo();
        }
    }

    /// <summary>Records that <paramref name="fact"/> holds from here on.</summary>
    public void Learn(object fact)
    {
        if (_known.Add(fact))
        {
            _undo.Push(() => _known.Remove(fact));
        }
    }

    /// <summary>Whether <paramref name="fact"/> was recorded.</summary>
    public bool Knows(object fact) => _known.Contains(fact);

    /// <summary>Records that two sizes are equal from here on.</summary>
    public void LearnEqual(Extent a, Extent b)
    {
        (a, b) = (Representative(a), Representative(b));
        if (a == b)
        {
            return;
        }

        // A constant says the most; else the smaller class joins the larger one, so that chains stay short.
        var (from, to) = a.IsConstant || (!b.IsConstant && SizeOf(a) > SizeOf(b)) ? (b, a) : (a, b);
        if (from.IsConstant)
        {
            return;
        }

        var size = SizeOf(to);
        _equal[from] = to;
        _sizes[to] = size + SizeOf(from);
        _undo.Push(() =>
        {
            _equal.Remove(from);
            _sizes[to] = size;
        });
    }

    private int SizeOf(Extent representative) => _sizes.GetValueOrDefault(representative, 1);

    /// <summary>Whether the sizes are known to be equal.</summary>
    public bool AreEqual(Extent a, Extent b) => Representative(a) == Representative(b);

    /// <summary>One for all that are equal.</summary>
    public Extent Representative(Extent extent)
    {
        while (_equal.TryGetValue(extent, out var next))
        {
            extent = next;
        }

        return extent;
    }

    /// <summary>Where the size of dimension <paramref name="dim"/> of <paramref name="tensor"/> comes from.</summary>
    public Extent Of(Value tensor, int dim)
    {
        if (_traced.TryGetValue((tensor, dim), out var known))
        {
            return known;
        }

        var path = new List<(Value, int)>();
        var result = Trace(tensor, dim, path);
        foreach (var step in path)
        {
            _traced[step] = result;
        }

        return result;
    }

    /// <summary>Where an <c>index</c> comes from.</summary>
    public Extent Of(Value index) =>
        index.ConstInt is { } constant ? Extent.Constant((long)constant)
        : index.Definer is DimOp { ConstantIndex: { } dim } size && IsDimOf(size.Source, dim)
            ? Of(size.Source, (int)dim)
        : Extent.Index(index);

    private static bool IsDimOf(Value tensor, long dim) =>
        tensor.Type is RankedTensorType type && dim >= 0 && dim < type.Rank;

    private Extent Trace(Value tensor, int dim, List<(Value, int)> path)
    {
        while (true)
        {
            if (_traced.TryGetValue((tensor, dim), out var known))
            {
                return known;
            }

            path.Add((tensor, dim));
            var type = (RankedTensorType)tensor.Type;
            if (!type.IsDynamicDim(dim))
            {
                return Extent.Constant(type.Shape[dim]);
            }

            Value? index = null;
            switch (tensor.Definer)
            {
                case EmptyOp empty:
                    index = empty.DynamicSizes[type.Shape.Span[..dim].Count(ShapedType.Dynamic)];
                    break;
                case SplatOp splat:
                    index = splat.DynamicSizes[type.Shape.Span[..dim].Count(ShapedType.Dynamic)];
                    break;
                case ExtractSliceOp slice when slice.StaticSizes.Values.Count == type.Rank:
                    index = slice.Sizes[slice.StaticSizes.Values.Span[..dim].Count(ShapedType.Dynamic)];
                    break;
                case CastOp cast:
                    tensor = cast.Source;
                    continue;
                case InsertOp insert:
                    tensor = insert.Dest;
                    continue;
                case InsertSliceOp insert:
                    tensor = insert.Dest;
                    continue;
                case ILinalgOp linalg:
                    tensor = linalg.Outputs[((OpResult)tensor).Index];
                    continue;
                case IElementwise when FirstTensor(tensor.Definer) is { } operand:
                    tensor = operand;
                    continue;
            }

            if (index is null)
            {
                return Extent.Dim(tensor, dim);
            }

            if (index.ConstInt is { } constant)
            {
                return Extent.Constant((long)constant);
            }

            if (index.Definer is not DimOp { ConstantIndex: { } at } size || !IsDimOf(size.Source, at))
            {
                return Extent.Index(index);
            }

            (tensor, dim) = (size.Source, (int)at);
        }
    }

    private static Value? FirstTensor(Operation op)
    {
        foreach (var operand in op.Operands)
        {
            if (operand.Type is RankedTensorType)
            {
                return operand;
            }
        }

        return null;
    }
}
