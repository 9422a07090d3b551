namespace Mlir.IR;

/// <summary>Copies operations with their regions, without recursion on nesting.</summary>
internal static class Cloner
{
    public static Operation Clone(Operation root, IrMapping mapping)
    {
        // Blocks come first, so that a terminator can name a block that is copied later.
        var copies = new Stack<(Operation Original, Operation Copy)>();
        var copy = CloneShell(root, mapping);
        copies.Push((root, copy));
        var pendingOperands = new List<(Operation Original, Operation Copy)>();
        while (copies.TryPop(out var pair))
        {
            for (var i = 0; i < pair.Original.Regions.Count; i++)
            {
                CloneBlocks(pair.Original.Regions[i], pair.Copy.Regions[i], mapping, copies, pendingOperands);
            }
        }

        // A use may come before its definition in text order (loops between blocks); by now every value has its copy.
        foreach (var (original, clone) in pendingOperands)
        {
            for (var i = 0; i < original.Operands.Count; i++)
            {
                clone.SetOperand(i, mapping[original.Operands[i]]);
            }

            for (var i = 0; i < original.Successors.Count; i++)
            {
                clone.Successors[i].Set(mapping.Get(original.Successors[i].Target));
            }
        }

        return copy;
    }

    private static void CloneBlocks(
        Region source,
        Region target,
        IrMapping mapping,
        Stack<(Operation, Operation)> copies,
        List<(Operation, Operation)> pendingOperands
    )
    {
        for (var block = source.First; block is not null; block = block.Next)
        {
            var copy = target.AddBlock();
            mapping.Map(block, copy);
            foreach (var argument in block.Arguments)
            {
                var twin = copy.AddArgument(argument.Type, argument.Location);
                twin.NameHint = argument.NameHint;
                mapping.Map(argument, twin);
            }

            for (var op = block.First; op is not null; op = op.Next)
            {
                var twin = CloneShell(op, mapping);
                copy.Insert(twin);
                pendingOperands.Add((op, twin));
                if (op.Regions.Count > 0)
                {
                    copies.Push((op, twin));
                }
            }
        }
    }

    private static Operation CloneShell(Operation op, IrMapping mapping)
    {
        var state = new OperationState(op.Definition, op.Location);
        foreach (var operand in op.Operands)
        {
            state.Operands.Add(mapping[operand]);
        }

        foreach (var result in op.Results)
        {
            state.ResultTypes.Add(result.Type);
        }

        foreach (var successor in op.Successors)
        {
            state.Successors.Add(mapping.Get(successor.Target));
        }

        for (var i = 0; i < op.Regions.Count; i++)
        {
            state.Regions.Add(new Region());
        }

        var copy = state.Create();
        copy.ShareAttributes(op);
        for (var i = 0; i < op.Results.Count; i++)
        {
            copy.Results[i].NameHint = op.Results[i].NameHint;
            mapping.Map(op.Results[i], copy.Results[i]);
        }

        return copy;
    }
}
