using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Turns structured control flow into blocks and branches.</summary>
/// <remarks>Parallel loops become sequential ones; <see cref="OutlineParallel"/> comes before and takes out those that threads share.</remarks>
[Pass("convert-scf-to-cf")]
public sealed partial record ScfToCf : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        foreach (var parallel in op.Walk().OfType<ParallelOp>().ToList())
        {
            ParallelToFor.Convert(parallel);
        }

        // Backwards, so that what lies inside is converted first and each block is split from its end.
        var structured = op.Walk().Where(IsStructured).ToList();
        for (var i = structured.Count - 1; i >= 0; i--)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Convert(structured[i]);
        }
    }

    private static bool IsStructured(Operation op) =>
        op is ForOp or IfOp or WhileOp or ExecuteRegionOp or IndexSwitchOp;

    private static void Convert(Operation op)
    {
        var before = op.Block!;
        var after = before.SplitBefore(op.Next!);
        foreach (var result in op.Results)
        {
            result.ReplaceAllUsesWith(after.AddArgument(result.Type, op.Location));
        }

        switch (op)
        {
            case ForOp loop:
                ConvertFor(loop, before, after);
                break;

            case IfOp choice:
                ConvertIf(choice, before, after);
                break;

            case WhileOp loop:
                ConvertWhile(loop, before, after);
                break;

            case ExecuteRegionOp execute:
                before.Insert(new BranchOp(op.Location, default, MoveOut(execute.Region, after)));
                break;

            case IndexSwitchOp choice:
                ConvertSwitch(choice, before, after);
                break;
        }

        op.Erase();
    }

    // for %i = %lb to %ub step %s iter_args(%a = %x) { …; yield %y }
    //   → br ^head(%lb, %x)   ^head(%i, %a): cond_br %i < %ub, ^body, ^after(%a)   ^body: …; br ^head(%i + %s, %y)
    private static void ConvertFor(ForOp loop, Block before, Block after)
    {
        var location = loop.Location;
        var head = new Block();
        before.Parent!.Insert(head, after);
        var body = loop.Region.First!;
        foreach (var argument in body.Arguments)
        {
            var twin = head.AddArgument(argument.Type, argument.Location);
            twin.NameHint = argument.NameHint;
            argument.ReplaceAllUsesWith(twin);
        }

        for (var i = body.Arguments.Count - 1; i >= 0; i--)
        {
            body.EraseArgument(i);
        }

        before.Insert(new BranchOp(location, [loop.LowerBound, .. loop.InitArgs], head));
        var yield = Terminator<YieldOp>(loop.Region);
        var last = yield.Block!;
        MoveBlocks(loop.Region, after);
        var induction = head.Arguments[0];
        var next = new AddIOp(location, induction, loop.Step);
        last.Insert(next, yield);
        last.Insert(new BranchOp(location, [next.Result, .. yield.Operands], head), yield);
        yield.Erase();
        var inside = new CmpIOp(
            location,
            induction,
            loop.UpperBound,
            loop.UnsignedCmp ? CmpIPredicate.Ult : CmpIPredicate.Slt
        );
        head.Insert(inside);
        head.Insert(new CondBranchOp(location, inside.Result, default, [.. head.Arguments.Skip(1)], body, after));
    }

    // if %c { …; yield %x } else { …; yield %y } → cond_br %c, ^then, ^else   ^then: …; br ^after(%x)   ^else: …; br ^after(%y)
    private static void ConvertIf(IfOp choice, Block before, Block after)
    {
        var condition = choice.Condition;
        var then = MoveOut(choice.ThenRegion, after);
        var otherwise = choice.ElseRegion.IsEmpty ? after : MoveOut(choice.ElseRegion, after);
        before.Insert(
            new CondBranchOp(
                choice.Location,
                condition,
                default,
                default,
                then,
                otherwise,
                choice.GetAttribute(IfOp.WeightsName) as DenseArrayAttr
            )
        );
    }

    // while (%a = %x) { …; condition(%c) %y } do { ^(%b): …; yield %z }
    //   → br ^before(%x)   ^before(%a): …; cond_br %c, ^do(%y), ^after(%y)   ^do(%b): …; br ^before(%z)
    private static void ConvertWhile(WhileOp loop, Block before, Block after)
    {
        var head = loop.Before.First!;
        var body = loop.After.First!;
        before.Insert(new BranchOp(loop.Location, loop.Inits.ToArray(), head));
        var condition = Terminator<ConditionOp>(loop.Before);
        MoveBlocks(loop.Before, after);
        var passed = condition.Args.ToArray();
        condition.Block!.Insert(
            new CondBranchOp(condition.Location, condition.Condition, passed, passed, body, after),
            condition
        );
        condition.Erase();
        var yield = Terminator<YieldOp>(loop.After);
        MoveBlocks(loop.After, after);
        yield.Block!.Insert(new BranchOp(yield.Location, yield.Operands.ToArray(), head), yield);
        yield.Erase();
    }

    private static void ConvertSwitch(IndexSwitchOp choice, Block before, Block after)
    {
        var location = choice.Location;
        var flag = new IndexCastOp(location, choice.Arg, IntegerType.I64);
        before.Insert(flag);
        var values = choice.Cases.Values;
        var otherwise = MoveOut(choice.DefaultRegion, after);
        var targets = choice.CaseRegions.Select(r => MoveOut(r, after)).ToArray();
        var bytes = new byte[values.Count * sizeof(long)];
        for (var i = 0; i < values.Count; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        before.Insert(
            new SwitchOp(
                location,
                flag.Out,
                default,
                default,
                DenseArrayAttr.I32(new int[values.Count]),
                otherwise,
                targets,
                values.IsEmpty ? null : DenseElementsAttr.Get(VectorType.Get([values.Count], IntegerType.I64), bytes)
            )
        );
    }

    /// <summary>Moves the blocks of <paramref name="region"/> to just before <paramref name="after"/>, where its yields go; returns the first block.</summary>
    private static Block MoveOut(Region region, Block after)
    {
        var entry = region.First!;
        for (var block = region.First; block is not null; block = block.Next)
        {
            if (block.Last is YieldOp yield)
            {
                block.Insert(new BranchOp(yield.Location, yield.Operands.ToArray(), after), yield);
                yield.Erase();
            }
        }

        MoveBlocks(region, after);
        return entry;
    }

    private static void MoveBlocks(Region region, Block before)
    {
        while (region.First is { } block)
        {
            block.Remove();
            before.Parent!.Insert(block, before);
        }
    }

    private static T Terminator<T>(Region region)
        where T : Operation => (T)region.Last!.Last!;
}
