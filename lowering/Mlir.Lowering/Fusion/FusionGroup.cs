using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A <c>linalg.generic</c> that grows by other ones; it takes the place of its root when it is finished.</summary>
/// <remarks>
/// Bodies move into the root's body, whose last operation keeps the yielded values. Until the final body exists, the block arguments of
/// the operations taken in stand for the elements that they read.
/// </remarks>
internal sealed class FusionGroup
{
    /// <summary>An array that the group reads: by which map, and the value that stands for its element in the body.</summary>
    internal sealed record Input(Value Value, AffineMap Map, Value Element);

    private sealed record Output(Value Init, AffineMap Map, Value Element, OpResult Result);

    private readonly List<Input> _inputs = [];
    private readonly List<Output> _outputs = [];
    private readonly List<Location> _locations = [];
    private readonly List<GenericOp> _absorbed = [];
    private readonly IteratorType[] _loops;
    private readonly Block _body;
    private readonly Combiner[]? _combiners;
    private bool _changed;

    public FusionGroup(GenericOp root)
    {
        Root = root;
        _loops = root.IteratorKinds;
        IsContraction = Contraction.Find(root) is not null;
        _combiners = Combiner.FindAll(root);
        _body = root.BodyBlock;
        _locations.Add(root.Location);
        for (var i = 0; i < root.Inputs.Count; i++)
        {
            AddInput(root.Inputs[i], root.MapOf(i), _body.Arguments[i]);
        }

        AddOutputs(root, _body);
    }

    /// <summary>The operation that grows.</summary>
    public GenericOp Root { get; }

    /// <summary>Whether the root is a product that is computed in tiles: what it reads it reads many times.</summary>
    public bool IsContraction { get; }

    /// <summary>What the group reads now.</summary>
    public IReadOnlyList<Input> Inputs => _inputs;

    /// <summary>Whether the elements of result <paramref name="index"/> can be computed where the group reads them by <paramref name="map"/>.</summary>
    public bool CanAbsorb(GenericOp producer, int index, AffineMap map)
    {
        if (
            !producer.IteratorKinds.All(k => k == IteratorType.Parallel)
            || !Enumerable
                .Range(0, producer.Outputs.Count)
                .All(i => producer.OutputElement(i).IsUnused && producer.OutputMap(i).IsPermutation)
        )
        {
            return false;
        }

        var loops = LoopMap(producer, index, map);
        return !producer.BodyBlock.Operations.Any(o => o is IndexOp n && loops.Results[(int)n.Dim] is not AffineDimExpr)
            && SizesStayKnown(producer, index, map, loops);
    }

    /// <summary>How many arrays the group would read with <paramref name="other"/> in it instead of <paramref name="replaced"/>.</summary>
    public int InputCountWith(GenericOp other, Input? replaced) =>
        _inputs.Count(i => replaced is null || !ReferenceEquals(i.Value, replaced.Value))
        + other.Inputs.Count(v => !_inputs.Any(i => ReferenceEquals(i.Value, v)));

    /// <summary>Whether only the group reads the results of <paramref name="producer"/>, all in one way.</summary>
    public bool OwnsAllUsesOf(GenericOp producer)
    {
        foreach (var result in producer.Results)
        {
            foreach (var use in result.Uses)
            {
                if (!IsRead(use))
                {
                    return false;
                }
            }
        }

        return ReadsOnce(producer);
    }

    /// <summary>Whether the group can give the result of <paramref name="producer"/> to its other users: they all come later.</summary>
    public bool CanReturn(GenericOp producer, AffineMap map) =>
        map.IsIdentity
        && producer.Results.Count == 1
        && producer.OutputMap(0).IsIdentity
        && _loops.All(k => k == IteratorType.Parallel)
        && ReadsOnce(producer)
        && UsersComeLater(producer);

    /// <summary>Whether <paramref name="sibling"/> runs over the same iterations, and nothing up to the group needs it.</summary>
    public bool CanAbsorbSibling(GenericOp sibling, bool mixedLanes) =>
        ReferenceEquals(sibling.Block, Root.Block)
        && !IsContraction
        && !_absorbed.Contains(sibling)
        && Contraction.Find(sibling) is null
        && CollectsAlike(sibling, mixedLanes)
        && sibling.IsBefore(Root)
        && sibling.IteratorKinds.AsSpan().SequenceEqual(_loops)
        && _inputs.Any(i => i.Map.IsPermutation && ReadsLike(sibling, i))
        && !sibling.Results.Any(r =>
            _inputs.Any(i => ReferenceEquals(i.Value, r)) || _outputs.Any(o => ReferenceEquals(o.Init, r))
        )
        && UsersBefore(sibling) is not null;

    /// <summary>Computes what <paramref name="input"/> reads instead of reading it.</summary>
    public void Absorb(GenericOp producer, Input input, FusionMode mode)
    {
        var index = ((OpResult)input.Value).Index;
        var loops = LoopMap(producer, index, input.Map);
        _inputs.Remove(input);
        var yield = Splice(producer, loops, mode == FusionMode.Copy);
        input.Element.ReplaceAllUsesWith(yield.Operands[index]);
        if (mode == FusionMode.MoveAndReturn)
        {
            _outputs.Add(
                new Output(producer.Outputs[0], producer.OutputMap(0), producer.OutputElement(0), producer.Results[0])
            );
            _body.Last!.InsertOperand(_body.Last.Operands.Count, yield.Operands[0]);
        }

        Drop(yield);
    }

    /// <summary>Computes the results of <paramref name="sibling"/> in the group too; what is computed from them waits behind the root.</summary>
    /// <example>sum(x); mean = sum / n; sum(x·x) → sum(x), sum(x·x); mean = sum / n</example>
    public void AbsorbSibling(GenericOp sibling)
    {
        var behind = Root.Next;
        foreach (var user in UsersBefore(sibling)!)
        {
            user.Remove();
            Root.Block!.Insert(user, behind);
        }

        var body = sibling.BodyBlock;
        var yield = Splice(sibling, AffineMap.Identity(_loops.Length), copy: false);
        AddOutputs(sibling, body);
        foreach (var value in yield.Operands.ToArray())
        {
            _body.Last!.InsertOperand(_body.Last.Operands.Count, value);
        }

        Drop(yield);
    }

    /// <summary>Puts the grown operation in the place of its root.</summary>
    public GenericOp Finish()
    {
        if (!_changed)
        {
            return Root;
        }

        var emit = new Emitter(new OpBuilder(Root), Location.Fuse([.. _locations]));
        var fused = emit.Generic(
            [.. _inputs.Select(i => i.Value)],
            [.. _outputs.Select(o => o.Init)],
            [.. _inputs.Select(i => i.Map), .. _outputs.Select(o => o.Map)],
            _loops,
            (body, arguments) =>
            {
                for (var i = 0; i < arguments.Count; i++)
                {
                    (i < _inputs.Count ? _inputs[i].Element : _outputs[i - _inputs.Count].Element).ReplaceAllUsesWith(
                        arguments[i]
                    );
                }

                var yield = _body.Last!;
                while (!ReferenceEquals(_body.First, yield))
                {
                    var op = _body.First!;
                    op.Remove();
                    body.Insert(op);
                }

                var yielded = yield.Operands.ToArray();
                yield.Erase();
                return yielded;
            }
        );
        for (var i = 0; i < _outputs.Count; i++)
        {
            fused.Results[i].NameHint = _outputs[i].Result.NameHint;
            _outputs[i].Result.ReplaceAllUsesWith(fused.Results[i]);
        }

        // Users before what they use.
        Root.DropAllReferences();
        foreach (var op in _absorbed)
        {
            op.DropAllReferences();
        }

        Root.Erase();
        foreach (var op in _absorbed)
        {
            op.Erase();
        }

        return fused;
    }

    /// <summary>Puts the body of <paramref name="op"/> in front of the group's; what it reads becomes the group's inputs.</summary>
    /// <returns>The terminator of the body, which uses the yielded values and still has to go.</returns>
    private Operation Splice(GenericOp op, AffineMap loops, bool copy)
    {
        _changed = true;
        _locations.Add(op.Location);
        var source = op.BodyBlock;
        var elements = source.Arguments.Cast<Value>().ToArray();
        var operations = source.Operations.ToList();
        if (copy)
        {
            var mapping = new IrMapping();
            var placeholders = new Block();
            for (var i = 0; i < elements.Length; i++)
            {
                elements[i] = placeholders.AddArgument(elements[i].Type);
                mapping.Map(source.Arguments[i], elements[i]);
            }

            operations = [.. operations.Select(o => o.Clone(mapping))];
        }
        else
        {
            _absorbed.Add(op);
        }

        var first = _body.First!;
        foreach (var inner in operations.SkipLast(1))
        {
            inner.Remove();
            _body.Insert(inner, first);
            if (
                inner is IndexOp index
                && loops.Results[(int)index.Dim] is AffineDimExpr { Position: var position }
                && position != index.Dim
            )
            {
                index.SetAttribute("dim", IntegerAttr.Get(IntegerType.I64, position));
            }
        }

        for (var i = 0; i < op.Inputs.Count; i++)
        {
            AddInput(op.Inputs[i], op.MapOf(i).Compose(loops), elements[i]);
        }

        return operations[^1];
    }

    private static void Drop(Operation yield)
    {
        yield.DropAllReferences();
        yield.Remove();
    }

    private void AddInput(Value value, AffineMap map, Value element)
    {
        if (_inputs.Find(n => ReferenceEquals(n.Value, value) && n.Map == map) is { } known)
        {
            element.ReplaceAllUsesWith(known.Element);
        }
        else
        {
            _inputs.Add(new Input(value, map, element));
        }
    }

    private void AddOutputs(GenericOp op, Block body)
    {
        for (var i = 0; i < op.Outputs.Count; i++)
        {
            _outputs.Add(
                new Output(op.Outputs[i], op.OutputMap(i), body.Arguments[op.Inputs.Count + i], op.Results[i])
            );
        }
    }

    /// <summary>From the group's loops to those of a producer whose result is read by <paramref name="map"/>.</summary>
    private static AffineMap LoopMap(GenericOp producer, int index, AffineMap map) =>
        producer.OutputMap(index).InversePermutation().Compose(map);

    /// <summary>Whether some array still says how far each loop goes once <paramref name="producer"/>'s result is no longer read.</summary>
    private bool SizesStayKnown(GenericOp producer, int index, AffineMap map, AffineMap loops)
    {
        var known = new bool[_loops.Length];
        var maps = _inputs
            .Where(i =>
                !(i.Value is OpResult r && ReferenceEquals(r.Owner, producer) && r.Index == index && i.Map == map)
            )
            .Select(i => i.Map)
            .Concat(_outputs.Select(o => o.Map))
            .Concat(Enumerable.Range(0, producer.Inputs.Count).Select(i => producer.MapOf(i).Compose(loops)));
        foreach (var result in maps.SelectMany(m => m.Results))
        {
            if (result is AffineDimExpr dim)
            {
                known[dim.Position] = true;
            }
        }

        return !known.Contains(false);
    }

    private bool ReadsOnce(GenericOp producer) =>
        _inputs.Count(i => i.Value is OpResult r && ReferenceEquals(r.Owner, producer)) == 1;

    /// <summary>Whether a use is a read by the group: by its root, or by an operation that it has taken in.</summary>
    private bool IsRead(OpOperand use) =>
        use.Owner is GenericOp owner
        && (ReferenceEquals(owner, Root) || _absorbed.Contains(owner))
        && use.Index < owner.Inputs.Count;

    /// <summary>Whether both collect their elements in lanes, or neither: what must go one by one would keep the other from it.</summary>
    private bool CollectsAlike(GenericOp sibling, bool mixedLanes)
    {
        var combiners = Combiner.FindAll(sibling);
        return _loops[^1] == IteratorType.Parallel
            || (
                (_combiners is null) == (combiners is null)
                && (mixedLanes || combiners is null || SharesLanes(combiners))
            );
    }

    /// <summary>Whether all are sums and the like in one number of lanes.</summary>
    private bool SharesLanes(Combiner[] others) =>
        others.Concat(_combiners!).All(c => c is AssociativeCombiner && c.Lanes == others[0].Lanes);

    private bool UsersComeLater(GenericOp op)
    {
        foreach (var result in op.Results)
        {
            foreach (var use in result.Uses)
            {
                if (IsRead(use))
                {
                    continue;
                }

                if (
                    Root.Block!.FindAncestor(use.Owner) is not { } user
                    || ReferenceEquals(user, Root)
                    || !Root.IsBefore(user)
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// What stands between a sibling and the root and is computed from the sibling's results; null when it cannot wait behind the root, because the
    /// group needs it or it does more than compute.
    /// </summary>
    private List<Operation>? UsersBefore(GenericOp sibling)
    {
        var users = new List<Operation>();
        var made = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        made.UnionWith(sibling.Results);
        bool Uses(Operation op) => op.Walk().Any(inner => inner.Operands.Any(made.Contains));
        for (var op = sibling.Next!; !ReferenceEquals(op, Root); op = op.Next!)
        {
            if (!Uses(op))
            {
                continue;
            }

            // Another structured operation would no longer be looked at behind the root.
            if (op is GenericOp || !SideEffects.IsPure(op))
            {
                return null;
            }

            users.Add(op);
            made.UnionWith(op.Results);
        }

        // What the group has taken in reads arrays as inputs, but scalars from where its body stands.
        return
            Uses(Root)
            || _inputs.Any(i => made.Contains(i.Value))
            || _outputs.Any(o => made.Contains(o.Init))
            || _body.Operations.Any(Uses)
            ? null
            : users;
    }

    private static bool ReadsLike(GenericOp sibling, Input input)
    {
        for (var i = 0; i < sibling.Inputs.Count; i++)
        {
            if (ReferenceEquals(sibling.Inputs[i], input.Value) && sibling.MapOf(i) == input.Map)
            {
                return true;
            }
        }

        return false;
    }
}
