using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Decoding;

/// <summary>
/// Finds where threads that a branch parted meet again: the branch's immediate post-dominator, the first instruction that
/// all ways to the function's end have in common. Where there is none, or where finding it would take too long, they run
/// apart to the end, which is as correct.
/// </summary>
internal static class Reconvergence
{
    private const long MaxSteps = 50_000_000;

    /// <summary>Sets <see cref="DivergingInstruction.Reconvergence"/> of every branch.</summary>
    public static void Find(Instruction[] code)
    {
        if (!code.Any(instruction => instruction is DivergingInstruction))
        {
            return;
        }

        var starts = BlockStarts(code);
        var blockOf = new int[code.Length];
        for (var block = 0; block < starts.Count; block++)
        {
            var end = block + 1 < starts.Count ? starts[block + 1] : code.Length;
            Array.Fill(blockOf, block, starts[block], end - starts[block]);
        }

        var exit = starts.Count;
        var successors = new List<int>[exit];
        var predecessors = new List<int>[exit + 1];
        for (var i = 0; i <= exit; i++)
        {
            predecessors[i] = [];
        }

        for (var block = 0; block < exit; block++)
        {
            var last = (block + 1 < exit ? starts[block + 1] : code.Length) - 1;
            successors[block] = Successors(code[last], last, blockOf, exit);
            foreach (var successor in successors[block])
            {
                predecessors[successor].Add(block);
            }
        }

        var dominators = PostDominators(successors, predecessors, exit);
        for (var pc = 0; pc < code.Length; pc++)
        {
            if (code[pc] is DivergingInstruction branch)
            {
                var meeting = dominators[blockOf[pc]];
                branch.Reconvergence = meeting < 0 || meeting == exit ? -1 : starts[meeting];
            }
        }
    }

    private static List<int> BlockStarts(Instruction[] code)
    {
        var isStart = new bool[code.Length + 1];
        isStart[0] = true;
        for (var pc = 0; pc < code.Length; pc++)
        {
            if (code[pc] is DivergingInstruction branch)
            {
                isStart[pc + 1] = true;
                foreach (var target in branch.Targets)
                {
                    isStart[target] = true;
                }
            }
            else if (code[pc] is LeavingInstruction)
            {
                isStart[pc + 1] = true;
            }
        }

        return [.. Enumerable.Range(0, code.Length).Where(pc => isStart[pc])];
    }

    private static List<int> Successors(Instruction last, int pc, int[] blockOf, int exit)
    {
        var successors = new List<int>();
        switch (last)
        {
            case DivergingInstruction branch:
                successors.AddRange(branch.Targets.Select(target => blockOf[target]).Distinct());
                break;
            case LeavingInstruction leaving when !leaving.IsFatal:
                successors.Add(exit);
                break;
        }

        var fallsThrough = last.Guard >= 0 || last is not (DivergingInstruction or LeavingInstruction);
        if (fallsThrough && pc + 1 < blockOf.Length && !successors.Contains(blockOf[pc + 1]))
        {
            successors.Add(blockOf[pc + 1]);
        }

        return successors;
    }

    // Cooper, Harvey and Kennedy's iteration over the reversed graph.
    private static int[] PostDominators(List<int>[] successors, List<int>[] predecessors, int exit)
    {
        var order = new List<int>();
        var number = new int[exit + 1];
        Array.Fill(number, -1);
        var stack = new Stack<(int Block, int Next)>();
        var isSeen = new bool[exit + 1];
        isSeen[exit] = true;
        stack.Push((exit, 0));
        while (stack.TryPop(out var top))
        {
            if (top.Next < predecessors[top.Block].Count)
            {
                stack.Push((top.Block, top.Next + 1));
                var next = predecessors[top.Block][top.Next];
                if (!isSeen[next])
                {
                    isSeen[next] = true;
                    stack.Push((next, 0));
                }
            }
            else
            {
                number[top.Block] = order.Count;
                order.Add(top.Block);
            }
        }

        var dominators = new int[exit + 1];
        Array.Fill(dominators, -1);
        dominators[exit] = exit;
        var steps = 0L;
        for (var isChanged = true; isChanged; )
        {
            isChanged = false;
            for (var i = order.Count - 2; i >= 0; i--)
            {
                var block = order[i];
                var found = -1;
                foreach (var successor in successors[block])
                {
                    if (number[successor] >= 0 && dominators[successor] >= 0)
                    {
                        found = found < 0 ? successor : Meet(found, successor, dominators, number, ref steps);
                    }
                }

                isChanged |= dominators[block] != found;
                dominators[block] = found;
                if (steps > MaxSteps)
                {
                    Array.Fill(dominators, -1);
                    return dominators;
                }
            }
        }

        return dominators;
    }

    private static int Meet(int x, int y, int[] dominators, int[] number, ref long steps)
    {
        while (x != y)
        {
            steps++;
            if (number[x] < number[y])
            {
                x = dominators[x];
            }
            else
            {
                y = dominators[y];
            }
        }

        return x;
    }
}
