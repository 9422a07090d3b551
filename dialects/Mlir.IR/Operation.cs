using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An operation: the unit of the IR. Each kind is a class of its own with typed properties for its parts.</summary>
public abstract class Operation
{
    private static readonly OpOperand[] NoOperands = [];
    private static readonly OpResult[] NoResults = [];
    private static readonly Region[] NoRegions = [];
    private static readonly Successor[] NoSuccessors = [];
    private static readonly IrAttribute?[] NoAttributes = [];

    private OpOperand[] _operands;
    private OpResult[] _results;
    private readonly Region[] _regions;
    private readonly Successor[] _successors;

    // Empty until one is set: most operations have slots and fill none. Copies share it, so it is replaced, never written to, once the operation is made.
    private IrAttribute?[] _inherent = NoAttributes;

    /// <summary>Makes an operation of <paramref name="definition"/> from parts in the order of its definition.</summary>
    protected Operation(
        OpDefinition definition,
        Location location,
        ReadOnlySpan<Value> operands = default,
        ReadOnlySpan<IrType> resultTypes = default,
        ReadOnlySpan<IrAttribute?> inherent = default,
        int regionCount = 0,
        ReadOnlySpan<Block> successors = default
    )
    {
        Definition = definition;
        Location = location;
        _operands = MakeOperands(operands);
        _results = MakeResults(resultTypes);
        if (inherent.ContainsAnyExcept((IrAttribute?)null))
        {
            _inherent = new IrAttribute?[definition.AttributeNames.Length];
            inherent.CopyTo(_inherent);
        }

        _regions = regionCount == 0 ? NoRegions : new Region[regionCount];
        for (var i = 0; i < regionCount; i++)
        {
            _regions[i] = new Region { Parent = this };
        }

        _successors = MakeSuccessors(successors);
        Discardable = DictionaryAttr.Empty;
    }

    /// <summary>Makes an operation from a state whose regions it takes over.</summary>
    protected Operation(OperationState state)
    {
        Definition = state.Definition;
        Location = state.Location;
        _operands = MakeOperands(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(state.Operands));
        _results = MakeResults(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(state.ResultTypes));
        _successors = MakeSuccessors(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(state.Successors));
        _regions = state.Regions.Count == 0 ? NoRegions : [.. state.Regions];
        foreach (var region in _regions)
        {
            region.Parent = this;
        }

        Discardable = DictionaryAttr.Empty;
        if (state.Attributes.Count > 0)
        {
            List<NamedAttribute>? rest = null;
            foreach (var attribute in state.Attributes)
            {
                if (Definition.IndexOfAttribute(attribute.Name) is >= 0 and var slot)
                {
                    if (_inherent.Length == 0)
                    {
                        _inherent = new IrAttribute?[Definition.AttributeNames.Length];
                    }

                    _inherent[slot] = attribute.Value;
                }
                else
                {
                    (rest ??= []).Add(attribute);
                }
            }

            Discardable = rest is null ? DictionaryAttr.Empty : DictionaryAttr.Get([.. rest]);
        }
    }

    /// <summary>What all operations of this kind share.</summary>
    public OpDefinition Definition { get; }

    /// <summary>The full name, <c>arith.addi</c>.</summary>
    public string Name => Definition.Name;

    /// <summary>Where the operation comes from.</summary>
    public Location Location { get; set; }

    /// <summary>The block that holds the operation; null while detached.</summary>
    public Block? Block { get; internal set; }

    /// <summary>The operation before this one in its block.</summary>
    public Operation? Previous { get; internal set; }

    /// <summary>The operation after this one in its block.</summary>
    public Operation? Next { get; internal set; }

    internal long Order { get; set; }

    /// <summary>
    /// A number that grows along the block, to compare with those of the block's other operations until the block is edited. Operations that were only
    /// ever appended count from 0 without a gap; after <see cref="Block.Number"/> all do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The operation is in no block.</exception>
    public long PlaceInBlock => Block?.OrderOf(this) ?? throw new InvalidOperationException($"'{Name}' is in no block");

    /// <summary>The region that holds the operation's block.</summary>
    public Region? ParentRegion => Block?.Parent;

    /// <summary>The operation around this one.</summary>
    public Operation? ParentOp => Block?.Parent?.Parent;

    /// <summary>The operands.</summary>
    public OperandList Operands => new(_operands);

    /// <summary>The uses that the operands are.</summary>
    public ReadOnlySpan<OpOperand> OpOperands => _operands;

    /// <summary>The results.</summary>
    public IReadOnlyList<OpResult> Results => _results;

    /// <summary>The results, for code that runs often: indexing a span costs no interface call.</summary>
    public ReadOnlySpan<OpResult> OpResults => _results;

    /// <summary>How many parts of each kind there are.</summary>
    internal (int Operands, int Results, int Regions, int Successors) PartCounts =>
        (_operands.Length, _results.Length, _regions.Length, _successors.Length);

    /// <summary>The regions.</summary>
    public IReadOnlyList<Region> Regions => _regions;

    /// <summary>The edges to other blocks.</summary>
    public IReadOnlyList<Successor> Successors => _successors;

    internal ReadOnlySpan<OpResult> ResultSpan => _results;

    internal ReadOnlySpan<Region> RegionSpan => _regions;

    /// <summary>The attributes that are not part of the operation's definition.</summary>
    public DictionaryAttr Discardable { get; set; }

    /// <summary>The only result.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public OpResult Result0 =>
        _results.Length == 1
            ? _results[0]
            : throw new InvalidOperationException($"'{Name}' has {_results.Length} results, not one");

    /// <summary>The inherent attribute in slot <paramref name="slot"/> of <see cref="OpDefinition.AttributeNames"/>.</summary>
    public IrAttribute? GetInherent(int slot) => _inherent.Length == 0 ? null : _inherent[slot];

    /// <summary>Sets the inherent attribute in slot <paramref name="slot"/>.</summary>
    public void SetInherent(int slot, IrAttribute? value)
    {
        if (ReferenceEquals(GetInherent(slot), value))
        {
            return;
        }

        var changed = new IrAttribute?[Definition.AttributeNames.Length];
        _inherent.CopyTo(changed, 0);
        changed[slot] = value;
        _inherent = changed;
    }

    /// <summary>The inherent or discardable attribute <paramref name="name"/>, or null.</summary>
    public IrAttribute? GetAttribute(string name) =>
        Definition.IndexOfAttribute(name) is >= 0 and var slot ? GetInherent(slot) : Discardable[name];

    /// <summary>Sets the inherent or discardable attribute <paramref name="name"/>; null removes it.</summary>
    public void SetAttribute(string name, IrAttribute? value)
    {
        if (Definition.IndexOfAttribute(name) is >= 0 and var slot)
        {
            SetInherent(slot, value);
        }
        else
        {
            Discardable = Discardable.With(name, value);
        }
    }

    /// <summary>All attributes that are set, inherent ones first.</summary>
    public IEnumerable<NamedAttribute> Attributes
    {
        get
        {
            for (var i = 0; i < _inherent.Length; i++)
            {
                if (_inherent[i] is { } value)
                {
                    yield return new NamedAttribute(Definition.AttributeNames[i], value);
                }
            }

            foreach (var item in Discardable.Items.Span.ToArray())
            {
                yield return item;
            }
        }
    }

    /// <summary>Makes operand number <paramref name="index"/> use <paramref name="value"/>.</summary>
    public void SetOperand(int index, Value value) => _operands[index].Set(value);

    /// <summary>Replaces all operands.</summary>
    public void SetOperands(params ReadOnlySpan<Value> values)
    {
        foreach (var operand in _operands)
        {
            operand.Unlink();
        }

        _operands = MakeOperands(values);
    }

    /// <summary>Removes operand number <paramref name="index"/>.</summary>
    public void EraseOperand(int index)
    {
        _operands[index].Unlink();
        _operands = [.. _operands[..index], .. _operands[(index + 1)..]];
        for (var i = index; i < _operands.Length; i++)
        {
            _operands[i].Index = i;
        }
    }

    /// <summary>Inserts an operand before number <paramref name="index"/>.</summary>
    public void InsertOperand(int index, Value value)
    {
        _operands = [.. _operands[..index], new OpOperand(this, index, value), .. _operands[index..]];
        for (var i = index; i < _operands.Length; i++)
        {
            _operands[i].Index = i;
        }
    }

    /// <summary>Checks what the definition says about this operation alone; generated.</summary>
    public virtual void VerifyInvariants(OpVerifier verifier) { }

    /// <summary>Checks what the definition cannot say; written by hand where needed.</summary>
    public virtual void Verify(OpVerifier verifier) { }

    /// <summary>Prints the custom form after the results; by default the generic form.</summary>
    public virtual void Print(AsmPrinter printer) => printer.WriteGenericOp(this);

    /// <summary>The constant results that follow from constant operands, or existing values that equal the results.</summary>
    /// <param name="operands">The constant value of each operand, null where unknown.</param>
    /// <param name="results">Receives one entry a result.</param>
    /// <returns>Whether the operation folds.</returns>
    public virtual bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) => false;

    /// <summary>A name, without <c>%</c>, that fits what a result is; null for a number. A name given to the value comes before it.</summary>
    public virtual string? ResultNameHint(int index) => null;

    /// <summary>Whether this operation comes before <paramref name="other"/> of the same block.</summary>
    public bool IsBefore(Operation other)
    {
        if (Block is null || !ReferenceEquals(Block, other.Block))
        {
            throw new InvalidOperationException("the operations are not in one block");
        }

        return Block.OrderOf(this) < Block.OrderOf(other);
    }

    /// <summary>Takes the operation out of its block; it stays usable.</summary>
    public void Remove() => Block?.Unlink(this);

    /// <summary>Moves the operation to just before <paramref name="other"/>.</summary>
    public void MoveBefore(Operation other)
    {
        Remove();
        other.Block!.Insert(this, other);
    }

    /// <summary>Moves the operation to just after <paramref name="other"/>.</summary>
    public void MoveAfter(Operation other)
    {
        Remove();
        other.Block!.Insert(this, other.Next);
    }

    /// <summary>Removes the operation and everything inside it for good.</summary>
    /// <exception cref="InvalidOperationException">A result still has uses.</exception>
    public void Erase()
    {
        foreach (var result in _results)
        {
            if (!result.IsUnused)
            {
                throw new InvalidOperationException($"'{Name}' still has uses");
            }
        }

        DropAllReferences();
        Remove();
    }

    /// <summary>Makes this operation and all inside it use nothing, so that they can go in any order.</summary>
    public void DropAllReferences()
    {
        if (_regions.Length == 0)
        {
            DropReferences();
            return;
        }

        foreach (var op in Walk())
        {
            op.DropReferences();
        }
    }

    private void DropReferences()
    {
        foreach (var operand in _operands)
        {
            operand.Unlink();
        }

        foreach (var successor in _successors)
        {
            successor.Unlink();
        }

        _operands = NoOperands;
    }

    /// <summary>Takes over the attributes of <paramref name="other"/>, an operation of the same definition.</summary>
    internal void ShareAttributes(Operation other)
    {
        _inherent = other._inherent;
        Discardable = other.Discardable;
    }

    /// <summary>Makes all users of the results use <paramref name="values"/>, one a result.</summary>
    public void ReplaceAllUsesWith(params ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < _results.Length; i++)
        {
            _results[i].ReplaceAllUsesWith(values[i]);
        }
    }

    /// <summary>This operation and all inside it, each before its own contents. The current one may be erased if it holds no regions.</summary>
    public IEnumerable<Operation> Walk()
    {
        var op = this;
        while (true)
        {
            var next = op.FirstInside() ?? op.NextOutside(this);
            yield return op;
            if (next is null)
            {
                yield break;
            }

            op = next;
        }
    }

    /// <summary>All operations inside this one and itself, each after its own contents. The current one may be erased.</summary>
    public IEnumerable<Operation> WalkPostOrder()
    {
        var op = Innermost(this);
        while (true)
        {
            var current = op;
            Operation? next = null;
            if (!ReferenceEquals(current, this))
            {
                next = current.NextSibling() is { } sibling ? Innermost(sibling) : current.ParentOp;
            }

            yield return current;
            if (next is null)
            {
                yield break;
            }

            op = next;
        }
    }

    private static Operation Innermost(Operation op)
    {
        while (op.FirstInside() is { } inner)
        {
            op = inner;
        }

        return op;
    }

    private Operation? FirstInside()
    {
        foreach (var region in _regions)
        {
            for (var block = region.First; block is not null; block = block.Next)
            {
                if (block.First is { } first)
                {
                    return first;
                }
            }
        }

        return null;
    }

    /// <summary>The next operation inside the same parent: in this block, a later block or a later region.</summary>
    private Operation? NextSibling()
    {
        if (Next is not null)
        {
            return Next;
        }

        var block = Block;
        if (block?.Parent is not { } region)
        {
            return null;
        }

        for (var b = block.Next; b is not null; b = b.Next)
        {
            if (b.First is { } first)
            {
                return first;
            }
        }

        if (region.Parent is not { } parent)
        {
            return null;
        }

        var seen = false;
        foreach (var r in parent._regions)
        {
            if (seen)
            {
                for (var b = r.First; b is not null; b = b.Next)
                {
                    if (b.First is { } first)
                    {
                        return first;
                    }
                }
            }

            seen |= ReferenceEquals(r, region);
        }

        return null;
    }

    private Operation? NextOutside(Operation root)
    {
        for (var op = this; op is not null && !ReferenceEquals(op, root); op = op.ParentOp)
        {
            if (op.NextSibling() is { } sibling)
            {
                return sibling;
            }
        }

        return null;
    }

    /// <summary>The nearest operation around this one that is a <typeparamref name="T"/>.</summary>
    public T? ParentOfType<T>()
        where T : class
    {
        for (var op = ParentOp; op is not null; op = op.ParentOp)
        {
            if (op is T match)
            {
                return match;
            }
        }

        return null;
    }

    /// <summary>Whether this operation is <paramref name="ancestor"/> or lies inside it.</summary>
    public bool IsWithin(Operation ancestor)
    {
        for (var op = this; op is not null; op = op.ParentOp)
        {
            if (ReferenceEquals(op, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A detached copy of this operation and all inside it; operands that <paramref name="mapping"/> knows are replaced.</summary>
    public Operation Clone(IrMapping? mapping = null) => Cloner.Clone(this, mapping ?? new IrMapping());

    /// <summary>A detached copy that uses <paramref name="operands"/>: <see cref="Clone"/> for those who copy many operations without regions.</summary>
    /// <exception cref="InvalidOperationException">The operation has regions or successors.</exception>
    public Operation CloneWith(params ReadOnlySpan<Value> operands)
    {
        if (_regions.Length > 0 || _successors.Length > 0)
        {
            throw new InvalidOperationException($"'{Name}' has regions or successors");
        }

        var copy = (Operation)MemberwiseClone();
        copy.Block = null;
        copy.Previous = copy.Next = null;
        copy._operands = copy.MakeOperands(operands);
        copy._results = _results.Length == 0 ? NoResults : new OpResult[_results.Length];
        for (var i = 0; i < _results.Length; i++)
        {
            copy._results[i] = new OpResult(copy, i, _results[i].Type) { NameHint = _results[i].NameHint };
        }

        return copy;
    }

    /// <summary>The operation in MLIR's syntax.</summary>
    public override string ToString() => AsmPrinter.ToText(this);

    private OpOperand[] MakeOperands(ReadOnlySpan<Value> values)
    {
        if (values.IsEmpty)
        {
            return NoOperands;
        }

        var operands = new OpOperand[values.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = new OpOperand(this, i, values[i]);
        }

        return operands;
    }

    private OpResult[] MakeResults(ReadOnlySpan<IrType> types)
    {
        if (types.IsEmpty)
        {
            return NoResults;
        }

        var results = new OpResult[types.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new OpResult(this, i, types[i]);
        }

        return results;
    }

    private Successor[] MakeSuccessors(ReadOnlySpan<Block> blocks)
    {
        if (blocks.IsEmpty)
        {
            return NoSuccessors;
        }

        var successors = new Successor[blocks.Length];
        for (var i = 0; i < successors.Length; i++)
        {
            successors[i] = new Successor(this, i, blocks[i]);
        }

        return successors;
    }
}
