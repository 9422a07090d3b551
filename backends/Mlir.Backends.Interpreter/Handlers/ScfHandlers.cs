using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>scf</c> dialect: structure becomes jumps within the function.</summary>
internal static class ScfHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<ForOp>(For);
        table.Add<IfOp>(If);
        table.Add<WhileOp>(While);
        table.Add<ParallelOp>(Parallel);
        table.Add<IndexSwitchOp>(IndexSwitch);
        table.Add<ExecuteRegionOp>(ExecuteRegion);
        table.Add<YieldOp>(
            (b, op) =>
            {
                // Only regions of several blocks come here; the handlers of the others stop before the terminator.
                b.Move(b.RegistersOf(op.Operands), b.RegistersOf(op.ParentOp!.Results));
                b.Emit(new JumpInstruction(b.EndOf(op.ParentOp)));
            }
        );
    }

    private static void For(FunctionBuilder builder, ForOp op)
    {
        var iterArgs = builder.RegistersOf(op.RegionIterArgs);
        builder.Move(builder.RegistersOf(op.InitArgs), iterArgs);
        Loop(
            builder,
            op,
            op.LowerBound,
            op.UpperBound,
            op.Step,
            op.InductionVar,
            op.UnsignedCmp,
            () =>
            {
                var yield = op.Body.Last!;
                builder.BuildOperations(op.Body, before: yield);
                builder.Move(builder.RegistersOf(yield.Operands), iterArgs);
            }
        );
        builder.Move(iterArgs, builder.RegistersOf(op.Results));
    }

    private static void Loop(
        FunctionBuilder builder,
        Operation op,
        Value lower,
        Value upper,
        Value step,
        Value induction,
        bool unsigned,
        Action body
    )
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var count = builder.Constant(0);
        var (first, end) = (new Label(), new Label());
        var shift = ElementKinds.WrapShift(induction.Type);
        builder.Emit(
            new EnterLoopInstruction(
                builder.Scalar(lower),
                builder.Scalar(upper),
                builder.Scalar(step),
                builder.Scalar(induction),
                count,
                unsigned ? shift : null,
                end,
                op
            )
        );
        builder.Mark(first);
        body();
        builder.Emit(
            new NextIterationInstruction(builder.Scalar(step), builder.Scalar(induction), count, shift, first)
        );
        builder.Mark(end);
    }

    private static void If(FunctionBuilder builder, IfOp op)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var results = builder.RegistersOf(op.Results);
        var (otherwise, end) = (new Label(), new Label());
        builder.Emit(new BranchInstruction(builder.Scalar(op.Condition), otherwise));
        Arm(builder, op.ThenRegion, results);
        if (op.ElseRegion.IsEmpty)
        {
            builder.Mark(otherwise);
            return;
        }

        builder.Emit(new JumpInstruction(end));
        builder.Mark(otherwise);
        Arm(builder, op.ElseRegion, results);
        builder.Mark(end);
    }

    private static void Arm(FunctionBuilder builder, Region region, Register[] results)
    {
        var yield = region.Single.Last!;
        builder.BuildOperations(region.Single, before: yield);
        builder.Move(builder.RegistersOf(yield.Operands), results);
    }

    private static void While(FunctionBuilder builder, WhileOp op)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var before = builder.RegistersOf(op.Before.Single.Arguments);
        builder.Move(builder.RegistersOf(op.Inits), before);
        var (start, end) = (new Label(), new Label());
        builder.Mark(start);
        var condition = op.ConditionOp;
        builder.BuildOperations(op.Before.Single, before: condition);
        var values = builder.RegistersOf(condition.Args);
        builder.Move(values, builder.RegistersOf(op.Results));
        builder.Emit(new BranchInstruction(builder.Scalar(condition.Condition), end));
        builder.Move(values, builder.RegistersOf(op.After.Single.Arguments));
        var yield = op.After.Single.Last!;
        builder.BuildOperations(op.After.Single, before: yield);
        builder.Move(builder.RegistersOf(yield.Operands), before);
        builder.Emit(new JumpInstruction(start));
        builder.Mark(end);
    }

    private static void Parallel(FunctionBuilder builder, ParallelOp op)
    {
        var results = builder.RegistersOf(op.Results);
        builder.Move(builder.RegistersOf(op.InitVals), results);
        Nest(0);

        void Nest(int dimension)
        {
            if (dimension == op.LoopCount)
            {
                var reduce = (ReduceOp)op.Body.Last!;
                builder.BuildOperations(op.Body, before: reduce);
                for (var i = 0; i < reduce.Reductions.Count; i++)
                {
                    var block = reduce.Reductions[i].Single;
                    builder.Move(
                        [results[i], builder.RegisterOf(reduce.Operands[i])],
                        builder.RegistersOf(block.Arguments)
                    );
                    var combined = (ReduceReturnOp)block.Last!;
                    builder.BuildOperations(block, before: combined);
                    builder.Move([builder.RegisterOf(combined.Result)], [results[i]]);
                }

                return;
            }

            Loop(
                builder,
                op,
                op.LowerBound[dimension],
                op.UpperBound[dimension],
                op.Step[dimension],
                op.Body.Arguments[dimension],
                false,
                () => Nest(dimension + 1)
            );
        }
    }

    private static void IndexSwitch(FunctionBuilder builder, IndexSwitchOp op)
    {
        var results = builder.RegistersOf(op.Results);
        var cases = new Dictionary<long, Label>();
        var labels = op.CaseRegions.Select(_ => new Label()).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            cases.TryAdd(op.Cases.Values[i], labels[i]);
        }

        var (otherwise, end) = (new Label(), new Label());
        builder.Emit(new SwitchInstruction(builder.Scalar(op.Arg), cases, otherwise));
        for (var i = 0; i < labels.Length; i++)
        {
            builder.Mark(labels[i]);
            Arm(builder, op.CaseRegions[i], results);
            builder.Emit(new JumpInstruction(end));
        }

        builder.Mark(otherwise);
        Arm(builder, op.DefaultRegion, results);
        builder.Mark(end);
    }

    private static void ExecuteRegion(FunctionBuilder builder, ExecuteRegionOp op)
    {
        builder.BuildRegion(op.Region);
        builder.Mark(builder.EndOf(op));
    }

    /// <summary>Counts the iterations, so that no sum of induction variable and step can run over, and enters the loop if there are any.</summary>
    private sealed class EnterLoopInstruction(
        int lower,
        int upper,
        int step,
        int induction,
        int count,
        int? unsignedShift,
        Label end,
        Operation op
    ) : Instruction
    {
        public override int Execute(Frame frame)
        {
            var scalars = frame.Scalars;
            var (from, to, by) = (scalars[lower], scalars[upper], scalars[step]);
            if (by <= 0)
            {
                throw new UndefinedBehaviorException(op.Name, $"has the step {by}", op.Location);
            }

            scalars[induction] = from;
            if (unsignedShift is { } shift)
            {
                (from, to) = ((long)((ulong)from << shift >> shift), (long)((ulong)to << shift >> shift));
            }

            if (unsignedShift is not null ? (ulong)from >= (ulong)to : from >= to)
            {
                return end.Position;
            }

            scalars[count] = unchecked((long)(((ulong)to - (ulong)from - 1) / (ulong)by)) + 1;
            return Next;
        }
    }

    /// <summary>Steps the induction variable and goes back while iterations are left.</summary>
    private sealed class NextIterationInstruction(int step, int induction, int count, int shift, Label first)
        : Instruction
    {
        public override int Execute(Frame frame)
        {
            var scalars = frame.Scalars;
            if (--scalars[count] == 0)
            {
                return Next;
            }

            scalars[induction] = scalars[induction] + scalars[step] << shift >> shift;
            frame.Context.Tick(Next - first.Position);
            return first.Position;
        }
    }
}
