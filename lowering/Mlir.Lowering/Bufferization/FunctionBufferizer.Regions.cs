using Mlir.IR;
using Scf = Mlir.Dialects.Scf;

namespace Mlir.Lowering;

/// <content>Structured control flow.</content>
internal sealed partial class FunctionBufferizer
{
    /// <summary>
    /// Both sides hand out memory of their own. What is used for the last time inside belongs to both sides, so that either may write to it
    /// or hand it on; what both hand on is no result at all.
    /// </summary>
    private void ConvertIf(Emitter emit, Scf.IfOp branch)
    {
        var hasTensors = branch.Results.Any(r => Bufferize.IsTensor(r.Type));
        var dying = hasTensors ? _memory.DyingIn(branch) : [];
        foreach (var region in branch.Regions.Where(r => !r.IsEmpty))
        {
            foreach (var root in dying)
            {
                _memory.Own(root, region.Single);
            }

            ConvertBlock(region.Single);
            ConvertYield(region.Single.Last!, 0);
            _memory.InsertFrees(region.Single, branch.Location);
        }

        if (!hasTensors)
        {
            return;
        }

        var (then, otherwise) = (branch.ThenBlock.Last!, branch.ElseBlock!.Last!);
        var kept = Enumerable
            .Range(0, branch.Results.Count)
            .Where(i =>
                !Bufferize.IsTensor(branch.Results[i].Type) || !ReferenceEquals(then.Operands[i], otherwise.Operands[i])
            )
            .ToArray();
        Drop(branch, kept, i => then.Operands[i]);
        var made = emit.Insert(
            new Scf.IfOp(
                branch.Location,
                branch.Condition,
                [.. kept.Select(i => Bufferize.BufferType(branch.Results[i].Type))]
            )
        );
        made.Regions[0].TakeBlocks(branch.Regions[0]);
        made.Regions[1].TakeBlocks(branch.Regions[1]);
        KeepOperands(then, kept);
        KeepOperands(otherwise, kept);
        Finish(branch, made, kept);
    }

    /// <summary>
    /// An iteration is given memory that it owns, frees it unless it hands it on, and yields memory of its own. What it was given and hands
    /// on stays outside, and iterations that then touch nothing in common may run at once.
    /// </summary>
    private void ConvertFor(Emitter emit, Scf.ForOp loop)
    {
        var inits = loop.InitArgs.ToArray();
        var tensors = inits.Select(IsTensorValue).ToArray();
        var hasTensors = tensors.Contains(true);
        var independent = hasTensors && parallel && DisjointIterations.Proves(loop);
        for (var i = 0; i < inits.Length; i++)
        {
            if (tensors[i])
            {
                inits[i] = GiveTo(emit, loop, inits[i], loop.Body.Arguments[1 + i]);
            }
        }

        ConvertBlock(loop.Body);
        var yield = loop.Body.Last!;
        ConvertYield(yield, 0);
        _memory.InsertFrees(loop.Body, loop.Location);
        if (!hasTensors)
        {
            return;
        }

        var arguments = loop.Body.Arguments.Skip(1).ToArray();
        var kept = Enumerable
            .Range(0, inits.Length)
            .Where(i => !tensors[i] || !ReferenceEquals(yield.Operands[i], arguments[i]))
            .ToArray();
        foreach (var i in Enumerable.Range(0, inits.Length).Except(kept))
        {
            Forward(arguments[i], inits[i]);
        }

        Drop(loop, kept, i => inits[i]);
        KeepOperands(yield, kept);
        if (independent && kept.Length == 0)
        {
            DisjointIterations.ToParallel(emit, loop);
            Finish(loop, null, kept);
            return;
        }

        var made = emit.Insert(
            new Scf.ForOp(
                loop.Location,
                loop.LowerBound,
                loop.UpperBound,
                loop.Step,
                [.. kept.Select(i => inits[i])],
                [.. kept.Select(i => inits[i].Type)],
                loop.UnsignedCmp
            )
        );
        made.Region.TakeBlocks(loop.Region);
        made.Body.EraseUnusedArguments(a => a.Index > 0 && !kept.Contains(a.Index - 1));
        Finish(loop, made, kept);
    }

    /// <summary>As <see cref="ConvertFor"/>: memory goes from the start to the first region, to the second one, and back.</summary>
    private void ConvertWhile(Emitter emit, Scf.WhileOp loop)
    {
        var (before, after) = (loop.Before.Single, loop.After.Single);
        var inits = loop.Inits.ToArray();
        var tensors = inits.Select(IsTensorValue).ToArray();
        var hasTensors = tensors.Contains(true) || loop.Results.Any(r => Bufferize.IsTensor(r.Type));
        for (var i = 0; i < inits.Length; i++)
        {
            if (tensors[i])
            {
                inits[i] = GiveTo(emit, loop, inits[i], before.Arguments[i]);
            }
        }

        ConvertBlock(before);
        var condition = before.Last!;
        ConvertYield(condition, 1);
        _memory.InsertFrees(before, loop.Location);
        foreach (var argument in after.Arguments.Where(a => Bufferize.IsTensor(a.Type)))
        {
            argument.Type = Bufferize.BufferType(argument.Type);
            Own(argument, argument, after);
        }

        ConvertBlock(after);
        var yield = after.Last!;
        ConvertYield(yield, 0);
        _memory.InsertFrees(after, loop.Location);
        if (!hasTensors)
        {
            return;
        }

        // Memory that goes all the way around stays outside.
        var (keptInits, keptResults) = (
            Enumerable.Range(0, inits.Length).ToList(),
            Enumerable.Range(0, loop.Results.Count).ToList()
        );
        var outside = new Dictionary<int, Value>();
        for (var k = 0; k < inits.Length; k++)
        {
            for (var p = 0; tensors[k] && p < after.Arguments.Count; p++)
            {
                if (
                    ReferenceEquals(condition.Operands[p + 1], before.Arguments[k])
                    && ReferenceEquals(yield.Operands[k], after.Arguments[p])
                )
                {
                    keptInits.Remove(k);
                    keptResults.Remove(p);
                    outside[p] = inits[k];
                    Forward(before.Arguments[k], inits[k]);
                    Forward(after.Arguments[p], inits[k]);
                    break;
                }
            }
        }

        Drop(loop, keptResults, p => outside[p]);
        KeepOperands(yield, keptInits);
        KeepOperands(condition, [-1, .. keptResults], first: 1);
        var made = emit.Insert(
            new Scf.WhileOp(
                loop.Location,
                [.. keptInits.Select(i => inits[i])],
                [.. keptResults.Select(p => after.Arguments[p].Type)]
            )
        );
        made.Before.TakeBlocks(loop.Before);
        made.After.TakeBlocks(loop.After);
        before.EraseUnusedArguments(a => !keptInits.Contains(a.Index));
        after.EraseUnusedArguments(a => !keptResults.Contains(a.Index));
        Finish(loop, made, keptResults);
    }

    /// <summary>Memory with the contents of <paramref name="init"/> that belongs to the loop from now on.</summary>
    private Value GiveTo(Emitter emit, Operation loop, Value init, BlockArgument argument)
    {
        var given = Writable(emit, init, loop, keepContents: true);
        _memory.Disown(given);
        argument.Type = Bufferize.BufferType(argument.Type);
        Own(argument, argument, argument.ParentBlock!);
        return given;
    }

    private void Forward(BlockArgument argument, Value outside)
    {
        argument.ReplaceAllUsesWith(outside);
        _memory.Redirect(argument, outside);
    }

    /// <summary>The results that are not kept lie in memory from outside, which belongs to the block around <paramref name="op"/> again.</summary>
    private void Drop(Operation op, IReadOnlyList<int> kept, Func<int, Value> outside)
    {
        for (var i = 0; i < op.Results.Count; i++)
        {
            if (!kept.Contains(i))
            {
                var memory = outside(i);
                _memory.Set(op.Results[i], memory);
                _memory.Own(_memory.Root(memory), op.Block!);
            }
        }
    }

    private static void KeepOperands(Operation terminator, IReadOnlyList<int> kept, int first = 0)
    {
        for (var i = terminator.Operands.Count - 1; i >= 0; i--)
        {
            if (!kept.Contains(i - first))
            {
                terminator.EraseOperand(i);
            }
        }
    }

    /// <summary>The results of <paramref name="made"/> stand for the kept ones of <paramref name="op"/>.</summary>
    private void Finish(Operation op, Operation? made, IReadOnlyList<int> kept)
    {
        for (var i = 0; i < kept.Count; i++)
        {
            var (from, to) = (op.Results[kept[i]], made!.Results[i]);
            to.NameHint = from.NameHint;
            if (Bufferize.IsTensor(from.Type))
            {
                Own(from, to, op.Block!);
            }
            else
            {
                from.ReplaceAllUsesWith(to);
            }
        }

        if (made is not null)
        {
            made.Discardable = op.Discardable;
        }

        _memory.Bury(op);
    }

    private void ConvertYield(Operation terminator, int first)
    {
        var emit = new Emitter(new OpBuilder(terminator), terminator.Location);
        for (var i = first; i < terminator.Operands.Count; i++)
        {
            var value = terminator.Operands[i];
            if (IsTensorValue(value))
            {
                terminator.SetOperand(i, HandOver(emit, value, terminator));
            }
        }
    }

    /// <summary>A buffer that the block owns and hands on; a copy when it is not the block's to give, or is given twice.</summary>
    private Value HandOver(Emitter emit, Value tensor, Operation terminator)
    {
        var buffer = BufferOf(emit, tensor);
        var type = (MemRefType)Bufferize.BufferType(tensor.Type);
        if (_memory.IsOwned(buffer, terminator.Block!) && buffer.Type == type)
        {
            _memory.Disown(buffer);
            return buffer;
        }

        return Duplicate(emit, buffer, type, keepContents: true);
    }
}
