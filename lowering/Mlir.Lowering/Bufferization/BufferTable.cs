using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Which memory each tensor of a function has, which views show it, and which block has to free it.</summary>
/// <remarks>
/// Memory is <em>owned</em> by the block that allocated it, or was given it by a call or a region: that block frees it behind its last use
/// unless it hands it on. Only owned memory that nobody reads later is overwritten, and only in the block that owns it, which runs once
/// for each time that the memory is made.
/// </remarks>
internal sealed class BufferTable
{
    private readonly Dictionary<Value, Value> _buffers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Value> _roots = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Block> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Value> _whole = new(ReferenceEqualityComparer.Instance);

    // By root: the tensors that lie in that memory.
    private readonly Dictionary<Value, List<Value>> _tensors = new(ReferenceEqualityComparer.Instance);
    private readonly List<Operation> _dead = [];
    private readonly HashSet<Operation> _deadSet = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether <paramref name="tensor"/> has memory.</summary>
    public bool Contains(Value tensor) => _buffers.ContainsKey(tensor);

    /// <summary>The memory of <paramref name="tensor"/>.</summary>
    public bool TryGet(Value tensor, out Value buffer) => _buffers.TryGetValue(tensor, out buffer!);

    /// <summary>The memory that <paramref name="buffer"/> shows.</summary>
    public Value Root(Value buffer) => _roots.GetValueOrDefault(buffer, buffer);

    /// <summary>Memory that is somebody else's and is only read.</summary>
    public void Borrow(Value tensor, Value buffer) => Set(tensor, buffer);

    /// <summary>Makes <paramref name="owner"/> answerable for <paramref name="buffer"/>.</summary>
    public void Own(Value buffer, Block owner) => _owners[buffer] = owner;

    /// <summary>Nobody here frees what <paramref name="buffer"/> shows any more.</summary>
    public void Disown(Value buffer) => _owners.Remove(Root(buffer));

    /// <summary>Whether <paramref name="block"/> may hand <paramref name="buffer"/> on: it owns the memory, and this shows all of it.</summary>
    public bool IsOwned(Value buffer, Block block) =>
        _owners.TryGetValue(Root(buffer), out var owner)
        && ReferenceEquals(owner, block)
        && (ReferenceEquals(Root(buffer), buffer) || _whole.Contains(buffer));

    /// <summary><paramref name="tensor"/> lies in <paramref name="buffer"/>.</summary>
    public void Set(Value tensor, Value buffer)
    {
        _buffers[tensor] = buffer;
        TensorsIn(Root(buffer)).Add(tensor);
    }

    /// <summary><paramref name="tensor"/> is what <paramref name="view"/> shows of <paramref name="source"/>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="view">The view.</param>
    /// <param name="source">What it views, itself a view or not.</param>
    /// <param name="isWhole">Whether it shows all elements in their order.</param>
    public void SetView(Value tensor, Value view, Value source, bool isWhole)
    {
        AddView(view, source, isWhole);
        Set(tensor, view);
    }

    /// <summary>Remembers what <paramref name="view"/> shows.</summary>
    public void AddView(Value view, Value source, bool isWhole)
    {
        var root = Root(source);
        _roots[view] = root;
        if (isWhole && (ReferenceEquals(root, source) || _whole.Contains(source)))
        {
            _whole.Add(view);
        }
    }

    /// <summary>Other memory takes the place of what an operation handed out.</summary>
    public void Redirect(Value from, Value to)
    {
        _owners.Remove(from);
        foreach (var view in _roots.Where(p => ReferenceEquals(p.Value, from)).Select(p => p.Key).ToList())
        {
            _roots[view] = Root(to);
        }

        if (_tensors.Remove(from, out var tensors))
        {
            foreach (var tensor in tensors)
            {
                // A view of it stays the view that it is.
                Set(tensor, ReferenceEquals(_buffers[tensor], from) ? to : _buffers[tensor]);
            }
        }
    }

    /// <summary>Erases <paramref name="op"/> when all is converted; until then it counts as gone.</summary>
    public void Bury(Operation op)
    {
        _dead.Add(op);
        _deadSet.Add(op);
    }

    /// <summary>Erases what was buried.</summary>
    public void EraseDead()
    {
        foreach (var op in _dead)
        {
            op.DropAllReferences();
        }

        // In their order: what lies in a region was buried before the operation around it.
        foreach (var op in _dead)
        {
            op.Erase();
        }
    }

    /// <summary>Whether <paramref name="op"/> was buried.</summary>
    public bool IsBuried(Operation op) => _deadSet.Contains(op);

    /// <summary>
    /// Whether <paramref name="user"/>, whose block owns the memory of <paramref name="buffer"/>, is the last one that uses it, and only in
    /// the ways that <paramref name="allowed"/> names.
    /// </summary>
    public bool IsLastUse(Value buffer, Operation user, Func<Value, int, bool> allowed)
    {
        foreach (var tensor in TensorsIn(Root(buffer)))
        {
            foreach (var use in tensor.Uses)
            {
                if (_deadSet.Contains(use.Owner))
                {
                    continue;
                }

                if (ReferenceEquals(use.Owner, user) ? !allowed(tensor, use.Index) : IsNotBefore(use.Owner, user))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The memory that the block of <paramref name="op"/> owns and that is used inside <paramref name="op"/> for the last time.</summary>
    public List<Value> DyingIn(Operation op)
    {
        var dying = new List<Value>();
        foreach (var (root, owner) in _owners)
        {
            if (ReferenceEquals(owner, op.Block) && TensorsIn(root) is { } tensors && UsesWithin(tensors, op))
            {
                dying.Add(root);
            }
        }

        return dying;
    }

    private bool UsesWithin(List<Value> tensors, Operation op)
    {
        var inside = false;
        foreach (var tensor in tensors)
        {
            foreach (var use in tensor.Uses)
            {
                if (_deadSet.Contains(use.Owner))
                {
                    continue;
                }

                if (use.Owner.IsWithin(op) && !ReferenceEquals(use.Owner, op))
                {
                    inside = true;
                }
                else if (ReferenceEquals(use.Owner, op) || IsNotBefore(use.Owner, op))
                {
                    return false;
                }
            }
        }

        return inside;
    }

    // What lies outside of the block that owns the memory ran before that block was given it.
    private static bool IsNotBefore(Operation other, Operation user) =>
        user.Block!.FindAncestor(other) is { } around && (ReferenceEquals(around, user) || !around.IsBefore(user));

    private List<Value> TensorsIn(Value root)
    {
        if (!_tensors.TryGetValue(root, out var tensors))
        {
            _tensors[root] = tensors = [];
        }

        return tensors;
    }

    /// <summary>Frees what <paramref name="block"/> owns behind its last use.</summary>
    public void InsertFrees(Block block, Location location)
    {
        foreach (var (buffer, _) in _owners.Where(p => ReferenceEquals(p.Value, block)).ToList())
        {
            _owners.Remove(buffer);
            if (StackMemory.TryMove(buffer, block))
            {
                continue;
            }

            var last = ReferenceEquals(buffer.Definer?.Block, block) ? buffer.Definer : null;
            foreach (var alias in _roots.Where(p => ReferenceEquals(p.Value, buffer)).Select(p => p.Key).Append(buffer))
            {
                foreach (var use in alias.Uses)
                {
                    if (block.FindAncestor(use.Owner) is { } user && (last is null || last.IsBefore(user)))
                    {
                        last = user;
                    }
                }
            }

            var builder = new OpBuilder();
            if (last is null)
            {
                builder.SetInsertionPointToStart(block);
            }
            else if (last is ITerminator)
            {
                builder.SetInsertionPoint(last);
            }
            else
            {
                builder.SetInsertionPointAfter(last);
            }

            builder.Insert(new DeallocOp(last?.Location ?? location, buffer));
        }
    }
}
