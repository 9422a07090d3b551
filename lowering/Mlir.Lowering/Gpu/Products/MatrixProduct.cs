using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A product of two matrices on memrefs, or of stacks of them, and what happens to its elements before and after it.</summary>
internal sealed class MatrixProduct
{
    private readonly GenericOp _whole;
    private readonly GenericOp _op;
    private readonly GenericOp? _after;
    private readonly OutputFusion _fusion;
    private readonly MergedLoops? _outputs;
    private readonly Value[] _lengths;

    private MatrixProduct(Contraction contraction)
    {
        contraction.RoundOnce();
        _whole = contraction.Op;
        _fusion = OutputFusion.Find(_whole, CanFuse);
        Host = new Emitter(new OpBuilder(_fusion.Place), _whole.Location);
        _op = _whole;
        _after = _fusion.After;
        Value[] sizes = [.. Enumerable.Range(0, _op.IteratorKinds.Length).Select(loop => Host.LoopSize(_op, loop))];
        _lengths = ScalarBody.Subscripts(Host, _op.OutputMap(0), sizes);
        if (MergedLoops.Of(contraction) is { HasSeveral: true } merged)
        {
            _op = merged.Apply(Host, _whole)!;
            _outputs = merged.After(_whole.OutputMap(0));
            _after = _after is null ? null : _outputs.Apply(Host, _after) ?? _after;
            sizes = merged.Sizes(Host, sizes);
            contraction = Contraction.Find(_op)!;
        }

        Sizes = sizes;
        (Batch, Row, Column, Depth) = (
            contraction.Batch,
            contraction.Rows[0],
            contraction.Columns[0],
            contraction.Reduced[0]
        );
        Left = new ProductFactor(this, contraction, contraction.Left, Row);
        Right = new ProductFactor(this, contraction, contraction.Right, Column);
    }

    /// <summary>The operation.</summary>
    public GenericOp Op => _op;

    /// <summary>Where launches go.</summary>
    public Emitter Host { get; }

    /// <summary>How far each loop goes.</summary>
    public Value[] Sizes { get; }

    /// <summary>The loops over the matrices of a stack.</summary>
    public int[] Batch { get; }

    /// <summary>The loop over rows.</summary>
    public int Row { get; }

    /// <summary>The loop over columns.</summary>
    public int Column { get; }

    /// <summary>The loop that is summed over.</summary>
    public int Depth { get; }

    /// <summary>The factor that has the rows.</summary>
    public ProductFactor Left { get; }

    /// <summary>The factor that has the columns.</summary>
    public ProductFactor Right { get; }

    /// <summary>The type of the sums in memory.</summary>
    public IrType Element => _op.OutputElement(0).Type;

    /// <summary>The product that <paramref name="op"/> is, whose pieces can be shared; null where it is none.</summary>
    public static MatrixProduct? Find(GenericOp op) =>
        FindContraction(op) is { } contraction ? new MatrixProduct(contraction) : null;

    /// <summary>The contraction that <paramref name="op"/> is, of loops that can be one over rows and one over columns, and one that is summed; null where it is none.</summary>
    public static Contraction? FindContraction(GenericOp op) =>
        Contraction.Find(op) is { Reduced.Length: 1 } contraction
        && op.Inputs.Count == 2
        && CanWait(op)
        && !op.BodyBlock.Operations.Any(o => o is IndexOp)
        && Enumerable
            .Range(0, 2)
            .All(i =>
                op.Operands[i].Type is MemRefType { ElementType: FloatType or IntegerType { Width: >= 8 } }
                && op.MapOf(i).IsProjectedPermutation
                && op.MapOf(i).Results.Count > 0
            )
        && MergedLoops.Of(contraction) is not null
            ? contraction
            : null;

    /// <summary>The element that its sum goes on from.</summary>
    public Value Initial(Emitter e, Value[] ivs)
    {
        var at = ScalarBody.Subscripts(e, _op.OutputMap(0), ivs);
        return _fusion.Before is { } before ? ScalarBody.Emit(e, before, Split(e, at))[0] : e.Load(_op.Outputs[0], at);
    }

    /// <summary>A sum with the product of two elements added, which are not widened yet.</summary>
    public Value Add(Emitter e, Value left, Value right, Value sum)
    {
        var mapping = new IrMapping();
        mapping[Left.Value] = left;
        mapping[Right.Value] = right;
        mapping[_op.OutputElement(0)] = sum;
        for (var op = _op.BodyBlock.First!; op.Next is not null; op = op.Next)
        {
            if (op is IConstantLike || !(Left.Computes(op) || Right.Computes(op)))
            {
                e.Clone(op, mapping);
            }
        }

        return mapping[_op.BodyBlock.Last!.Operands[0]];
    }

    /// <summary>The sum itself, or what is made of it, written where it belongs.</summary>
    public void Finish(Emitter e, Value[] ivs, Value sum)
    {
        var at = ScalarBody.Subscripts(e, _op.OutputMap(0), ivs);
        if (_after is not { } after)
        {
            e.Store(sum, _op.Outputs[0], at);
            return;
        }

        var given = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        foreach (var element in _fusion.Sums)
        {
            given[after.BodyBlock.Arguments[((BlockArgument)element).Index]] = sum;
        }

        at = ReferenceEquals(after, _fusion.After) ? Split(e, at) : at;
        var values = ScalarBody.Emit(e, after, at, given: given);
        for (var i = 0; i < values.Length; i++)
        {
            e.Store(values[i], after.Outputs[i], ScalarBody.Subscripts(e, after.OutputMap(i), at));
        }
    }

    /// <summary>Removes the operation, and what was fused with it.</summary>
    public void Erase()
    {
        foreach (var copy in (ReadOnlySpan<GenericOp?>)[_op, _after])
        {
            if (copy is not null && !ReferenceEquals(copy, _whole) && !ReferenceEquals(copy, _fusion.After))
            {
                copy.Erase();
            }
        }

        _fusion.Finish(_whole);
    }

    /// <summary>The subscripts of the output as it was before loops became one.</summary>
    private Value[] Split(Emitter e, Value[] at) => _outputs is null ? at : _outputs.Split(e, at, _lengths);

    /// <summary>A thread that fails leaves the others of its block waiting: where a body can fail, no thread waits for another one.</summary>
    private static bool CanWait(GenericOp op) => !op.Walk().Any(o => o is AssertOp);

    private static bool CanFuse(GenericOp op) => CanWait(op) && VectorBody.Supports(op);
}
