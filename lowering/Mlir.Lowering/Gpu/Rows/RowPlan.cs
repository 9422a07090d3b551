using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// What a group of operations on rows does in which phase: a phase goes along the row once, and ends with the totals that later phases need.
/// </summary>
internal sealed class RowPlan
{
    /// <summary>Elements that cost no more operations than these are made again by the lanes of a reduction instead of being kept.</summary>
    private const int CheapOperations = 4;

    private readonly RowGroup _group;
    private readonly int _outer;
    private readonly Dictionary<(Value Array, AffineMap Place), RowValue> _current = [];
    private readonly List<RowValue> _values = [];

    private RowPlan(RowGroup group) => (_group, _outer) = (group, group.Outer);

    /// <summary>The members, in order.</summary>
    public List<RowMember> Members { get; } = [];

    /// <summary>What is in each array that is written when the row is done, and its place there.</summary>
    public Dictionary<Value, (RowValue Value, AffineMap Map)> Written { get; } =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>The types of what is kept of each element.</summary>
    public List<IrType> Slots { get; } = [];

    /// <summary>All values, those that are read before those that are made of them.</summary>
    public IReadOnlyList<RowValue> Values => _values;

    /// <summary>The number of phases.</summary>
    public int Phases => Members.Where(m => m.HasLoop).Select(m => m.Phase + 1).DefaultIfEmpty().Max();

    /// <summary>The plan of a group; null where threads cannot share its rows.</summary>
    public static RowPlan? Find(RowGroup group)
    {
        var plan = new RowPlan(group);
        return group.Members.All(plan.TryAdd) && plan.TryFinish() ? plan : null;
    }

    private bool TryAdd(GenericOp op)
    {
        var kinds = op.IteratorKinds;
        var hasLoop = kinds.Length == _outer + 1;
        var reduces = hasLoop && kinds[_outer] != IteratorType.Parallel;
        if (
            kinds.Length > _outer + 1
            || op.Walk().Any(o => o is AssertOp) // who fails does not come to where the others wait
            || (
                hasLoop
                && !(
                    Members.Find(m => m.HasLoop) is var first
                    && (first is null || _group.HasOneExtent(first.Op, op, _outer))
                )
            )
        )
        {
            return false;
        }

        var combiners = reduces ? AssociativeCombiner.FindEach(op) : [];
        if (
            combiners is null
            || !Enumerable.Range(0, op.Outputs.Count).All(i => IsPlace(op.OutputMap(i), hasLoop && !reduces))
        )
        {
            return false;
        }

        var member = new RowMember(op, hasLoop, combiners);
        for (var i = 0; i < op.Operands.Count; i++)
        {
            if (op.Operands[i].Type is MemRefType && !op.BodyBlock.Arguments[i].IsUnused)
            {
                member.Sources[i] = Read(op.Operands[i], op.MapOf(i));
            }
        }

        var sources = member.Sources.OfType<RowValue>().ToArray();
        member.Phase = sources.Select(s => s.Maker is null ? 0 : s.Phase).DefaultIfEmpty().Max();
        foreach (var source in sources)
        {
            source.Phase = source.Maker is null ? Math.Min(source.Phase, member.Phase) : source.Phase;
            source.Use(member.Phase);
        }

        for (var i = 0; i < op.Outputs.Count; i++)
        {
            var made = Add(
                new RowValue
                {
                    Type = op.BodyBlock.Last!.Operands[i].Type,
                    IsElement = hasLoop && !reduces,
                    IsOfRow = true,
                    Maker = member,
                    Inside = reduces ? null : op.BodyBlock.Last!.Operands[i],
                    Phase = member.Phase + (reduces ? 1 : 0),
                }
            );
            member.Results[i] = made;
            _current[(op.Outputs[i], Place(op.OutputMap(i)))] = made;
            Written[op.Outputs[i]] = (made, op.OutputMap(i));
        }

        Members.Add(member);
        return true;
    }

    private bool TryFinish()
    {
        foreach (var member in Members.Where(m => m.Combiners.Length > 0))
        {
            AddChains(member);
        }

        // Whoever touches an array that is written means the same place in each row.
        var touched = Members.SelectMany(m => Enumerable.Range(0, m.Op.Operands.Count).Select(i => (m.Op, Operand: i)));
        return touched.All(t =>
                !Written.TryGetValue(t.Op.Operands[t.Operand], out var written)
                || Place(written.Map) == Place(t.Op.MapOf(t.Operand))
            )
            && Written.All(w => IsReadBefore(w.Key, w.Value.Value))
            && TryAssignSlots();
    }

    /// <summary>Whether an element is written when nobody needs any more what was there before.</summary>
    private bool IsReadBefore(Value array, RowValue written) =>
        _values
            .Where(v => v.Maker is null && v.IsElement && ReferenceEquals(v.Array, array))
            .All(before => _values.All(v => !v.IsElement || !v.Origins.Contains(before) || v.Last <= written.Phase));

    private void AddChains(RowMember member)
    {
        for (var i = 0; i < member.Combiners.Length; i++)
        {
            var combiner = member.Combiners[i];
            if (combiner.IsExact)
            {
                continue;
            }

            var slice = new BodySlice(member.Op, combiner.Elements);
            var needed = slice
                .Arguments.Select(member.SourceOf)
                .OfType<RowValue>()
                .Where(v => v.IsElement)
                .Distinct()
                .ToArray();
            if (slice.Count <= CheapOperations && !slice.UsesIndex && (needed.Length <= 1 || needed.All(v => v.IsKept)))
            {
                Array.ForEach(needed, v => v.Use(member.Phase, inLanes: true));
                member.Chains.Add(new LaneChain(i, combiner, slice, []));
                continue;
            }

            var kept = new Dictionary<Value, RowValue>(ReferenceEqualityComparer.Instance);
            foreach (var element in combiner.Elements.Where(e => !kept.ContainsKey(e)))
            {
                kept[element] = Add(
                    new RowValue
                    {
                        Type = element.Type,
                        IsElement = true,
                        IsOfRow = true,
                        Maker = member,
                        Inside = element,
                        Phase = member.Phase,
                    }
                );
                kept[element].Use(member.Phase, inLanes: true);
            }

            member.Chains.Add(new LaneChain(i, combiner, null, [.. combiner.Elements.Select(e => kept[e])]));
        }
    }

    /// <summary>Gives each value that is kept a place that is free from its phase on.</summary>
    private bool TryAssignSlots()
    {
        var last = new List<RowValue>();
        foreach (var value in _values.Where(v => v.IsKept).OrderBy(v => v.Phase))
        {
            if (value.Type is not (FloatType { Width: 16 or 32 or 64 } or IntegerType { Width: 8 or 16 or 32 or 64 }))
            {
                return false;
            }

            var slot = last.FindIndex(v =>
                v.Type == value.Type && v.LastOfLanes < value.Phase && v.Last <= value.Phase
            );
            if (slot < 0)
            {
                slot = Slots.Count;
                Slots.Add(value.Type);
                last.Add(value);
            }

            value.Slot = slot;
            last[slot] = value;
        }

        return true;
    }

    private RowValue Read(Value array, AffineMap map)
    {
        var key = (array, Place(map));
        if (!_current.TryGetValue(key, out var value))
        {
            _current[key] = value = Add(
                new RowValue
                {
                    Type = ((MemRefType)array.Type).ElementType,
                    IsElement = map.Results.Any(r => r.UsesDim(_outer)),
                    IsOfRow = map.Results.Any(r => RowGroup.UsesOuter(r, _outer)),
                    Array = array,
                    Map = map,
                    Phase = int.MaxValue,
                }
            );
        }

        return value;
    }

    private RowValue Add(RowValue value)
    {
        _values.Add(value);
        return value;
    }

    /// <summary>The place as members with and without a loop of their own name it.</summary>
    private AffineMap Place(AffineMap map) => map with { DimCount = _outer + 1 };

    /// <summary>Whether a map names one number of the row, or one for each element.</summary>
    private bool IsPlace(AffineMap map, bool perElement)
    {
        var along = map.Results.Where(r => r.UsesDim(_outer)).ToArray();
        return perElement ? along is [AffineDimExpr] : along.Length == 0;
    }
}
