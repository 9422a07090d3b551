namespace Mlir.IR;

/// <summary>Applies patterns and folds until nothing changes any more: the driver behind <c>canonicalize</c>.</summary>
/// <remarks>
/// A worklist starts with every operation and receives whatever a change touches. Folded constants are made once and kept at the start
/// of the nearest isolated region, so that equal ones meet. The number of rewrites is limited, because patterns may undo each other.
/// </remarks>
public sealed class GreedyRewriter : PatternRewriter
{
    private readonly PatternSet _patterns;
    private readonly List<Operation?> _worklist = [];
    private readonly Dictionary<Operation, int> _position = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Block, IrAttribute, IrType), Operation> _constants = [];
    private readonly Dictionary<Operation, (Block, IrAttribute, IrType)> _constantKeys = new(
        ReferenceEqualityComparer.Instance
    );
    private bool _changed;

    private GreedyRewriter(PatternSet patterns, DialectRegistry dialects)
        : base(dialects) => _patterns = patterns;

    /// <summary>Rewrites everything inside <paramref name="root"/>, which itself stays.</summary>
    /// <param name="root">The operation whose regions are rewritten.</param>
    /// <param name="patterns">The patterns.</param>
    /// <param name="dialects">Where folded constants come from.</param>
    /// <param name="cancellation">Ends the work between two rewrites.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Apply(
        Operation root,
        PatternSet patterns,
        DialectRegistry dialects,
        CancellationToken cancellation = default
    ) => new GreedyRewriter(patterns, dialects).Run(root, cancellation);

    private bool Run(Operation root, CancellationToken cancellation)
    {
        foreach (var op in root.Walk())
        {
            if (!ReferenceEquals(op, root))
            {
                _position[op] = _worklist.Count;
                _worklist.Add(op);
            }
        }

        // Popped from the end: reversed, the first operations come first and users see simplified operands.
        _worklist.Reverse();
        for (var i = 0; i < _worklist.Count; i++)
        {
            _position[_worklist[i]!] = i;
        }

        var budget = 64L * _worklist.Count + 10_000;
        while (_worklist.Count > 0 && budget > 0)
        {
            var op = _worklist[^1];
            _worklist.RemoveAt(_worklist.Count - 1);
            if (op is null || !_position.Remove(op))
            {
                continue;
            }

            if ((--budget & 1023) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Process(op);
        }

        return _changed;
    }

    private void Process(Operation op)
    {
        if (SideEffects.IsTriviallyDead(op))
        {
            EraseOp(op);
            return;
        }

        if (op is IConstantLike constant)
        {
            UniqueConstant(op, constant);
            return;
        }

        if (TryFold(op))
        {
            return;
        }

        foreach (var pattern in _patterns.For(op))
        {
            SetInsertionPoint(op);
            if (pattern.MatchAndRewrite(op, this))
            {
                _changed = true;
                return;
            }
        }
    }

    private void UniqueConstant(Operation op, IConstantLike constant)
    {
        if (_constantKeys.ContainsKey(op))
        {
            return;
        }

        var home = HomeOf(op.Block!);
        var key = (home, constant.ConstantValue, op.Result0.Type);
        if (_constants.TryGetValue(key, out var known))
        {
            ReplaceOp(op, known.Result0);
            return;
        }

        _constants[key] = op;
        _constantKeys[op] = key;
        if (!ReferenceEquals(op.Block, home) || op.Previous is not null and not IConstantLike)
        {
            op.Remove();
            home.Insert(op, home.First);
            _changed = true;
        }
    }

    private bool TryFold(Operation op)
    {
        var count = op.Results.Count;
        if (count == 0)
        {
            return false;
        }

        var operands = new IrAttribute?[op.Operands.Count];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = op.Operands[i].ConstAttr;
        }

        var folded = new FoldResult[count];
        if (!op.Fold(operands, folded))
        {
            return false;
        }

        var values = new Value[count];
        for (var i = 0; i < count; i++)
        {
            if (folded[i].Value is { } value)
            {
                values[i] = value;
            }
            else if (folded[i].Constant is { } constant && GetConstant(op, constant, op.Results[i].Type) is { } made)
            {
                values[i] = made;
            }
            else
            {
                return false;
            }
        }

        // An operation that folds to itself was changed in place.
        if (count == 1 && ReferenceEquals(values[0], op.Results[0]))
        {
            OnModified(op);
            return true;
        }

        ReplaceOp(op, values);
        return true;
    }

    private Value? GetConstant(Operation op, IrAttribute value, IrType type)
    {
        var home = HomeOf(op.Block!);
        var key = (home, value, type);
        if (_constants.TryGetValue(key, out var known))
        {
            return known.Result0;
        }

        if (MaterializeConstant(value, type, op.Location) is not { } constant)
        {
            return null;
        }

        home.Insert(constant, home.First);
        _constants[key] = constant;
        _constantKeys[constant] = key;
        return constant.Result0;
    }

    /// <summary>The block at whose start the constants for <paramref name="block"/> live: the entry of the nearest isolated region.</summary>
    private static Block HomeOf(Block block)
    {
        while (
            block.Parent is { Parent: not null and not IIsolatedFromAbove } region && region.Parent.Block is { } outer
        )
        {
            block = outer;
        }

        return block.Parent?.First ?? block;
    }

    private void Push(Operation op)
    {
        if (op.Block is not null && _position.TryAdd(op, _worklist.Count))
        {
            _worklist.Add(op);
        }
    }

    /// <inheritdoc/>
    protected override void OnInserted(Operation op)
    {
        _changed = true;
        foreach (var inner in op.Regions.Count == 0 ? [op] : op.Walk())
        {
            Push(inner);
        }
    }

    /// <inheritdoc/>
    protected override void OnModified(Operation op)
    {
        _changed = true;
        Push(op);
    }

    /// <inheritdoc/>
    protected override void OnErased(Operation op)
    {
        _changed = true;
        if (_position.Remove(op, out var index) && index < _worklist.Count && ReferenceEquals(_worklist[index], op))
        {
            _worklist[index] = null;
        }

        if (_constantKeys.Remove(op, out var key))
        {
            _constants.Remove(key);
        }

        // What fed only this operation may be dead now, and one that lost a second user may match.
        foreach (var operand in op.Operands)
        {
            if (operand.Definer is { } definer)
            {
                Push(definer);
            }
        }
    }
}
