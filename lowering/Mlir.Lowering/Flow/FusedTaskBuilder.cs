using System.Runtime.InteropServices;
using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Moves tasks of one compiler into fused tasks, one after the other.</summary>
internal sealed class FusedTaskBuilder
{
    private const int FewInputs = 8;

    // Kept from one fused task to the next: graphs have a lot of small ones.
    private readonly List<Value> _inputs = [];
    private readonly Dictionary<Value, int> _inputIndex = new(ReferenceEqualityComparer.Instance);
    private readonly List<Value> _outputs = [];
    private readonly List<IrType> _types = [];
    private readonly List<Location> _origins = [];

    /// <summary>
    /// Moves <paramref name="members"/>, operations of one block in order, into a fused task where the last one stands. Its inputs are in the order of their first
    /// use, its results in the order of the operations that make them. What uses a result is left where it is, even if that is before the fused task.
    /// </summary>
    public void Fuse(ReadOnlySpan<Operation> members)
    {
        var compiler = ((IFlowTask)members[0]).Compiler!;
        var outer = members[0].Block!;
        var after = members[^1].Next;
        var body = new Block();
        Move(members, body);
        FindOutputs(members, body);
        var location = Location.Fuse(CollectionsMarshal.AsSpan(_origins));
        var fused = new FusedOp(
            location,
            CollectionsMarshal.AsSpan(_inputs),
            compiler,
            CollectionsMarshal.AsSpan(_types)
        );
        for (var i = 0; i < _outputs.Count; i++)
        {
            fused.OpResults[i].NameHint = _outputs[i].NameHint;
            ReplaceOutside(_outputs[i], fused.OpResults[i], body);
        }

        body.Insert(new YieldOp(location, CollectionsMarshal.AsSpan(_outputs)));
        fused.BodyRegion.Insert(body);
        outer.Insert(fused, after);
    }

    /// <summary>Moves the operations into the body, which gets an argument for each value from outside.</summary>
    private void Move(ReadOnlySpan<Operation> members, Block body)
    {
        _inputs.Clear();
        _inputIndex.Clear();
        _origins.Clear();
        foreach (var op in members)
        {
            op.Remove();
            body.Insert(op);
            foreach (var operand in op.OpOperands)
            {
                if (!ReferenceEquals(operand.Value.ParentBlock, body))
                {
                    operand.Set(body.Arguments[IndexOf(operand.Value, body)]);
                }
            }

            if (op is IFlowTask)
            {
                _origins.Add(op.Location);
            }
        }
    }

    private int IndexOf(Value value, Block body)
    {
        // A few are found by looking at them all.
        if (_inputs.Count <= FewInputs)
        {
            for (var i = 0; i < _inputs.Count; i++)
            {
                if (ReferenceEquals(_inputs[i], value))
                {
                    return i;
                }
            }
        }
        else
        {
            for (var i = _inputIndex.Count; i < _inputs.Count; i++)
            {
                _inputIndex.Add(_inputs[i], i);
            }

            if (_inputIndex.TryGetValue(value, out var found))
            {
                return found;
            }
        }

        body.AddArgument(value.Type).NameHint = value.NameHint;
        _inputs.Add(value);
        return _inputs.Count - 1;
    }

    private void FindOutputs(ReadOnlySpan<Operation> members, Block body)
    {
        _outputs.Clear();
        _types.Clear();
        foreach (var op in members)
        {
            foreach (var result in op.OpResults)
            {
                if (IsUsedOutside(result, body))
                {
                    _outputs.Add(result);
                    _types.Add(result.Type);
                }
            }
        }
    }

    private static bool IsUsedOutside(Value value, Block body)
    {
        foreach (var use in value.Uses)
        {
            if (!ReferenceEquals(use.Owner.Block, body))
            {
                return true;
            }
        }

        return false;
    }

    private static void ReplaceOutside(Value value, Value replacement, Block body)
    {
        for (var use = value.FirstUse; use is not null; )
        {
            var next = use.NextUse;
            if (!ReferenceEquals(use.Owner.Block, body))
            {
                use.Set(replacement);
            }

            use = next;
        }
    }
}
