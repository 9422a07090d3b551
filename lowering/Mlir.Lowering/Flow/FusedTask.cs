using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Moves tasks of one compiler into a fused task.</summary>
internal static class FusedTask
{
    private const int FewInputs = 8;

    /// <summary>
    /// Moves <paramref name="members"/>, operations of one block in order, into a fused task where the last one stands. Its inputs are in the order of their first
    /// use, its results in the order of the operations that make them. What uses a result is left where it is, even if that is before the fused task.
    /// </summary>
    public static void Make(ReadOnlySpan<Operation> members)
    {
        var compiler = ((IFlowTask)members[0]).Compiler!;
        var location = Origin(members);
        var outer = members[0].Block!;
        var after = members[^1].Next;
        var body = new Block();
        var inputs = Move(members, body);
        var outputs = Outputs(members, body);
        var fused = new FusedOp(location, [.. inputs], compiler, [.. outputs.Select(o => o.Type)]);
        for (var i = 0; i < outputs.Count; i++)
        {
            fused.OpResults[i].NameHint = outputs[i].NameHint;
            outputs[i].ReplaceUsesWhere(fused.OpResults[i], use => !ReferenceEquals(use.Owner.Block, body));
        }

        body.Insert(new YieldOp(location, [.. outputs]));
        fused.BodyRegion.Insert(body);
        outer.Insert(fused, after);
    }

    /// <summary>Moves the operations into the body, which gets an argument for each value from outside.</summary>
    /// <returns>The values from outside.</returns>
    private static List<Value> Move(ReadOnlySpan<Operation> members, Block body)
    {
        var inputs = new List<Value>();
        Dictionary<Value, int>? index = null;
        foreach (var op in members)
        {
            op.Remove();
            body.Insert(op);
            foreach (var operand in op.OpOperands)
            {
                if (!ReferenceEquals(operand.Value.ParentBlock, body))
                {
                    operand.Set(body.Arguments[IndexOf(operand.Value)]);
                }
            }
        }

        return inputs;

        int IndexOf(Value value)
        {
            if (inputs.Count <= FewInputs)
            {
                if (inputs.IndexOf(value) is >= 0 and var found)
                {
                    return found;
                }
            }
            else
            {
                index ??= inputs.Index().ToDictionary(i => i.Item, i => i.Index);
                if (index.TryGetValue(value, out var found))
                {
                    return found;
                }

                index.Add(value, inputs.Count);
            }

            body.AddArgument(value.Type).NameHint = value.NameHint;
            inputs.Add(value);
            return inputs.Count - 1;
        }
    }

    private static List<Value> Outputs(ReadOnlySpan<Operation> members, Block body)
    {
        var outputs = new List<Value>();
        foreach (var op in members)
        {
            foreach (var result in op.OpResults)
            {
                if (IsUsedOutside(result, body))
                {
                    outputs.Add(result);
                }
            }
        }

        return outputs;
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

    private static Location Origin(ReadOnlySpan<Operation> members)
    {
        var origins = new List<Location>();
        foreach (var op in members)
        {
            if (op is IFlowTask)
            {
                origins.Add(op.Location);
            }
        }

        return Location.Fuse([.. origins]);
    }
}
