using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The kernels of one <c>linalg.generic</c> on memrefs.</summary>
internal sealed partial class KernelNest
{
    /// <summary>The bytes that a thread reads or writes at once.</summary>
    public const int AccessBytes = 16;

    /// <summary>The most elements that a thread computes at once: each is a copy of the body.</summary>
    public const int MaxUnroll = 8;

    private readonly GenericOp _op;
    private readonly Emitter _host;
    private readonly IteratorType[] _kinds;
    private readonly Value[] _sizes;
    private readonly bool _canWait;
    private readonly bool _useWarps;

    /// <summary>Whether each output element is known where the parallel loops are, so that it can stay in a register.</summary>
    private readonly bool _held;

    /// <summary>What each output goes on from; null where that is in memory.</summary>
    private readonly ReductionStart?[] _starts;

    public KernelNest(GenericOp op, bool subgroups)
    {
        Contraction.Find(op)?.RoundOnce();
        _op = op;
        _host = new Emitter(new OpBuilder(op), op.Location);
        _kinds = op.IteratorKinds;
        _sizes = [.. Enumerable.Range(0, _kinds.Length).Select(loop => _host.LoopSize(op, loop))];

        // A thread that fails leaves the others of its warp waiting: where a body can fail, no thread waits for another one.
        _canWait = !op.Walk().Any(o => o is AssertOp);
        _useWarps = subgroups && _canWait;
        var reduced = ReducedLoops;
        var outputs = Enumerable.Range(0, op.Outputs.Count).ToArray();
        _held = outputs.All(i => !op.OutputMap(i).Results.Any(r => reduced.Any(d => Mentions(r, d))));
        _starts = [.. outputs.Select(i => _held ? ReductionStart.Find(op, i) : null)];
    }

    /// <summary>The operation.</summary>
    public GenericOp Op => _op;

    /// <summary>Operations that write what this one starts with, and need not.</summary>
    public IEnumerable<GenericOp> Unneeded => _starts.OfType<ReductionStart>().Select(s => s.Writer);

    private int Inner => _kinds.Length - 1;

    private int[] ParallelLoops =>
        [.. Enumerable.Range(0, _kinds.Length).Where(d => _kinds[d] == IteratorType.Parallel)];

    private int[] ReducedLoops =>
        [.. Enumerable.Range(0, _kinds.Length).Where(d => _kinds[d] != IteratorType.Parallel)];

    public void Emit()
    {
        if (ReducedLoops.Length == 0)
        {
            EmitElementwise();
        }
        else if (
            Contraction.Find(_op) is not null
            || _kinds[Inner] == IteratorType.Parallel
            || AssociativeCombiner.FindEach(_op) is not { } combiners
        )
        {
            EmitInOrder();
        }
        else if (ParallelLoops.Length > 0)
        {
            EmitReductionPerElement(combiners);
        }
        else
        {
            EmitFullReduction(combiners);
        }
    }

    /// <summary>A thread for each element that the parallel loops name; it goes through the reduced loops in order.</summary>
    private void EmitInOrder()
    {
        var (parallel, reduced) = (ParallelLoops, ReducedLoops);
        var outer = parallel.Select(d => _sizes[d]).ToArray();
        if (_held && FindStencil() is { } stencil)
        {
            EmitStencil(stencil);
            return;
        }

        Kernel.ForEach(
            _host,
            _host.Product(outer),
            (e, element) =>
            {
                var ivs = Scatter(parallel, e.Delinearize(element, outer));
                if (!_held)
                {
                    Nest(
                        e,
                        reduced,
                        ivs,
                        [],
                        (inside, all, _) =>
                        {
                            Store(inside, all, ScalarBody.Emit(inside, _op, all));
                            return [];
                        }
                    );
                    return;
                }

                // What the loops go on from stays in registers.
                var before = Before(e, ivs);
                var after = Nest(
                    e,
                    reduced,
                    ivs,
                    before,
                    (inside, all, carried) => ScalarBody.Emit(inside, _op, all, carried)
                );
                Store(e, ivs, after);
            }
        );
    }

    private static bool Mentions(AffineExpr expression, int loop) =>
        expression switch
        {
            AffineDimExpr dim => dim.Position == loop,
            AffineBinaryExpr binary => Mentions(binary.Left, loop) || Mentions(binary.Right, loop),
            _ => false,
        };

    /// <summary>Nested loops over all of <paramref name="loops"/> that carry values.</summary>
    private Value[] Nest(
        Emitter emit,
        int[] loops,
        Value[] ivs,
        Value[] carried,
        Func<Emitter, Value[], Value[], Value[]> body
    ) =>
        loops.Length == 0
            ? body(emit, ivs, carried)
            : emit.For(
                emit.Index(0),
                _sizes[loops[0]],
                emit.Index(1),
                carried,
                (e, iv, values) =>
                {
                    var inner = (Value[])ivs.Clone();
                    inner[loops[0]] = iv;
                    return Nest(e, loops[1..], inner, values, body);
                }
            );

    private Value[] Scatter(int[] loops, Value[] values)
    {
        var ivs = new Value[_kinds.Length];
        for (var i = 0; i < loops.Length; i++)
        {
            ivs[loops[i]] = values[i];
        }

        return ivs;
    }

    /// <summary>What each output goes on from.</summary>
    private Value[] Before(Emitter emit, Value[] ivs) =>
        [
            .. _op.Outputs.Select(
                (output, i) =>
                    _starts[i] is { } start
                        ? start.Emit(emit)
                        : emit.Load(output, ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs))
            ),
        ];

    private void Store(Emitter emit, Value[] ivs, Value[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            emit.Store(values[i], _op.Outputs[i], ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs));
        }
    }
}
