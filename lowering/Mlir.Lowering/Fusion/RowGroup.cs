using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Operations on memrefs that will share their outer loops.</summary>
/// <param name="extents">Which loops run equally far.</param>
/// <param name="fits">Whether a target can run the members as they are now; null where it can whatever meets row by row.</param>
internal sealed class RowGroup(LoopExtents extents, Func<RowGroup, bool>? fits)
{
    private readonly List<GenericOp> _members = [];
    private readonly List<DeallocOp> _frees = [];
    private int _outer = int.MaxValue;

    /// <summary>Whether a member may fail.</summary>
    public bool HasChecks { get; private set; }

    /// <summary>Whether the members have something in common that one loop reads once.</summary>
    public bool IsWorthwhile => _members.Count > 1 && Outer > 0 && SharesMemory();

    /// <summary>The operations, in order.</summary>
    public IReadOnlyList<GenericOp> Members => _members;

    /// <summary>The number of loops that all members share. Where no member has a loop of its own, the last of the shared ones stays inside.</summary>
    public int Outer => _members.All(m => m.IteratorTypes.Items.Count <= _outer) ? _outer - 1 : _outer;

    /// <summary>The groups of a block that are worthwhile.</summary>
    /// <param name="block">The block.</param>
    /// <param name="fits">Whether a target can run a group as it is; null where it can run any.</param>
    public static List<RowGroup> FindAll(Block block, Func<RowGroup, bool>? fits = null)
    {
        var groups = new List<RowGroup>();
        var extents = new LoopExtents();
        var group = new RowGroup(extents, fits);
        foreach (var op in block.Operations)
        {
            extents.Learn(op);
            switch (op)
            {
                case GenericOp { Results.Count: 0 } generic when group.TryAdd(generic):
                    continue;
                case GenericOp { Results.Count: 0 } generic:
                    Close();
                    group.TryAdd(generic);
                    continue;
                case DeallocOp dealloc:
                    group.Delay(dealloc);
                    continue;
                case AllocOp or AllocaOp:
                case AssertOp when !group.HasChecks:
                case LoadOp load when !group.Writes(load.Memref):
                    continue;
                default:
                    if (!SideEffects.IsPure(op))
                    {
                        Close();
                    }

                    continue;
            }
        }

        Close();
        return groups;

        void Close()
        {
            if (group.IsWorthwhile)
            {
                groups.Add(group);
            }

            group = new RowGroup(extents, fits);
        }
    }

    /// <summary>Whether a member writes to <paramref name="array"/>.</summary>
    public bool Writes(Value array) =>
        _members.Any(m => m.Outputs.Any(o => ReferenceEquals(Views.Root(o), Views.Root(array))));

    /// <summary>Takes <paramref name="op"/> in if its rows need nothing but the same rows of the members.</summary>
    public bool TryAdd(GenericOp op)
    {
        var kinds = op.IteratorKinds;
        var lead = kinds.TakeWhile(k => k == IteratorType.Parallel).Count();
        var outer = Math.Min(_outer, lead);
        if (
            outer == 0
            || Contraction.Find(op) is not null // better in tiles
            || op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is LoadOp) // reads any row
            || op.Operands.Types.Any(t => t is MemRefType { StridesAndOffset: null })
            || (
                _members.Count > 0
                && !Enumerable.Range(0, outer).All(loop => _members.All(m => extents.Equal(m, op, loop)))
            )
        )
        {
            return false;
        }

        // Fewer shared loops than before: what was taken in must still fit.
        _members.Add(op);
        var before = _outer;
        _outer = outer;
        if (!_members.All(m => HasSeparateSubscripts(m, Outer)) || !MeetsRowByRow() || fits?.Invoke(this) == false)
        {
            _members.RemoveAt(_members.Count - 1);
            _outer = before;
            return false;
        }

        HasChecks |= op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is AssertOp);
        return true;
    }

    /// <summary>Memory that a member uses is freed behind the last member.</summary>
    public void Delay(DeallocOp dealloc)
    {
        if (
            _members.Any(m => m.Operands.ToArray().Any(o => ReferenceEquals(Views.Root(o), Views.Root(dealloc.Memref))))
        )
        {
            _frees.Add(dealloc);
        }
    }

    /// <summary>Whether loop <paramref name="loop"/> of two members runs equally far.</summary>
    public bool HasOneExtent(GenericOp a, GenericOp b, int loop) => extents.Equal(a, b, loop);

    /// <summary>Takes away the members, and the temporaries that nobody needs behind what was emitted in their place.</summary>
    /// <param name="emit">Behind what was emitted.</param>
    /// <param name="temporaries">What <see cref="FindTemporaries"/> found.</param>
    public void Erase(Emitter emit, IReadOnlyCollection<Value> temporaries)
    {
        foreach (var member in _members)
        {
            member.DropAllReferences();
        }

        foreach (var free in _frees)
        {
            if (temporaries.Contains(free.Memref))
            {
                free.Erase();
                continue;
            }

            free.Remove();
            emit.Builder.Insert(free);
        }

        foreach (var op in temporaries.Select(t => t.Definer!).Concat(_members).ToList())
        {
            op.Erase();
        }
    }

    /// <summary>The arrays that only the members know: no row needs another one's.</summary>
    public List<Value> FindTemporaries()
    {
        var result = new List<Value>();
        foreach (var array in _members.SelectMany(m => m.Outputs).Distinct<Value>(ReferenceEqualityComparer.Instance))
        {
            if (
                array.Definer is AllocOp alloc
                && alloc.GetAttribute(Bufferize.ResultAttribute) is null
                && ReferenceEquals(alloc.Block, _members[0].Block)
                && OnlyMembersUse(array)
            )
            {
                result.Add(array);
            }
        }

        return result;
    }

    private bool OnlyMembersUse(Value array)
    {
        foreach (var use in array.Uses)
        {
            if (
                !(use.Owner is GenericOp g && _members.Contains(g)) && !(use.Owner is DeallocOp d && _frees.Contains(d))
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether no subscript mixes outer and inner loops.</summary>
    private static bool HasSeparateSubscripts(GenericOp op, int outer) =>
        Enumerable
            .Range(0, op.Operands.Count)
            .SelectMany(i => op.MapOf(i).Results)
            .All(e =>
                !UsesOuter(e, outer) || !Enumerable.Range(outer, op.IteratorTypes.Items.Count - outer).Any(e.UsesDim)
            );

    /// <summary>Whether what one member writes is touched by the members through one value and by the same row only.</summary>
    private bool MeetsRowByRow()
    {
        var outer = Outer;
        var touched = _members
            .SelectMany(m => Enumerable.Range(0, m.Operands.Count).Select(i => (Member: m, Operand: i)))
            .Where(t => t.Member.Operands[t.Operand].Type is MemRefType)
            .GroupBy(t => Views.Root(t.Member.Operands[t.Operand]), ReferenceEqualityComparer.Instance);
        foreach (var group in touched)
        {
            if (!group.Any(t => t.Operand >= t.Member.Inputs.Count))
            {
                continue;
            }

            var (first, operand) = group.First();
            var rows = RowSubscripts(first.MapOf(operand), outer);
            if (
                rows.Count(p => p >= 0) != outer
                || !group.All(t =>
                    ReferenceEquals(t.Member.Operands[t.Operand], first.Operands[operand])
                    && RowSubscripts(t.Member.MapOf(t.Operand), outer).AsSpan().SequenceEqual(rows)
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    // For each subscript the outer loop that it is, -1 for none and -2 for a computation on outer loops.
    private static int[] RowSubscripts(AffineMap map, int outer) =>
        [
            .. map.Results.Select(e =>
                e is AffineDimExpr { Position: var p } && p < outer ? p
                : UsesOuter(e, outer) ? -2
                : -1
            ),
        ];

    private bool SharesMemory()
    {
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        foreach (var member in _members)
        {
            var arrays = member
                .Operands.ToArray()
                .Where(o => o.Type is MemRefType { Rank: > 0 })
                .Select(Views.Root)
                .Distinct<Value>(ReferenceEqualityComparer.Instance)
                .ToArray();
            if (arrays.Any(seen.Contains))
            {
                return true;
            }

            seen.UnionWith(arrays);
        }

        return false;
    }

    /// <summary>Whether a subscript depends on a loop that all members share.</summary>
    public static bool UsesOuter(AffineExpr expr, int outer) => Enumerable.Range(0, outer).Any(expr.UsesDim);
}
