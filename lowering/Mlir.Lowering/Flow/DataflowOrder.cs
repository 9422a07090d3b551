using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Puts operations behind what they use.</summary>
internal static class DataflowOrder
{
    /// <summary>
    /// Reorders a block in which no operation waits for itself. Every operation stays where it is, except that what an earlier one needs comes to just before that one.
    /// </summary>
    public static void Restore(Block block)
    {
        var operations = block.Number();
        foreach (var op in operations)
        {
            op.Remove();
        }

        var pending = new Stack<Operation>();
        var entered = new HashSet<Operation>(ReferenceEqualityComparer.Instance);
        foreach (var first in operations)
        {
            pending.Push(first);
            while (pending.TryPeek(out var op))
            {
                // What is in the block again is done; the last operand is pushed first, so that the operands keep their order.
                var waits = false;
                for (var i = op.Block is null ? op.OpOperands.Length - 1 : -1; i >= 0; i--)
                {
                    if (op.OpOperands[i].Value.Definer is { Block: null } needed)
                    {
                        pending.Push(needed);
                        waits = true;
                    }
                }

                if (!waits)
                {
                    pending.Pop();
                    if (op.Block is null)
                    {
                        block.Insert(op);
                    }
                }
                else if (!entered.Add(op))
                {
                    throw new InvalidOperationException($"'{op.Name}' waits for itself");
                }
            }
        }
    }
}
