using Mlir.Dialects.Arith;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Scf;
using Mlir.IR;
using ConstantOp = Mlir.Dialects.Arith.ConstantOp;

namespace Mlir.Lowering;

/// <summary>
/// Takes each parallel loop that carries <see cref="GrainAttribute"/> out into a function of its own over a range of the outermost
/// dimension, and calls that function with <see cref="CallAttribute"/> over the whole range: what threads share out later, and what a
/// single thread can run as it stands.
/// </summary>
[Pass("outline-parallel")]
public sealed partial record OutlineParallel : Pass<ModuleOp>
{
    /// <summary>On <c>scf.parallel</c>: the least iterations of the outermost dimension that are worth a thread, an <c>i64</c>.</summary>
    public const string GrainAttribute = "mlir.grain";

    /// <summary>On <c>func.call</c>: the first two operands are a range that may be run in pieces on several threads; the value is the grain.</summary>
    public const string CallAttribute = "mlir.parallel_for";

    /// <inheritdoc/>
    protected override void Run(ModuleOp op, PassContext context)
    {
        // A parallel loop inside another one stays where it is: the outer one keeps the threads busy.
        var loops = op.Walk()
            .OfType<ParallelOp>()
            .Where(p => p.Discardable[GrainAttribute] is IntegerAttr && p.Results.Count == 0 && !IsNested(p))
            .ToList();
        if (loops.Count == 0)
        {
            return;
        }

        var symbols = new SymbolTable(op);
        foreach (var loop in loops)
        {
            Outline(loop, symbols);
        }
    }

    private static bool IsNested(ParallelOp loop)
    {
        for (var outer = loop.ParentOfType<ParallelOp>(); outer is not null; outer = outer.ParentOfType<ParallelOp>())
        {
            if (outer.Discardable[GrainAttribute] is not null)
            {
                return true;
            }
        }

        return false;
    }

    // parallel (%i) = (%lb) to (%ub) step (%s) { body(%x) } {mlir.grain = g}
    //   → %n = ceildiv(%ub - %lb, %s); call @f_body(0, %n, %lb, %s, %x) {mlir.parallel_for = g}
    //     @f_body(%b, %e, %lb, %s, %x) { for %k = %b to %e { %i = %lb + %k * %s; body(%x) } }
    private static void Outline(ParallelOp loop, SymbolTable symbols)
    {
        var location = loop.Location;
        var function = loop.ParentOfType<FuncOp>()!;
        var (captured, constants) = Captures(loop);
        var arguments = captured.ToArray();
        var body = symbols.Insert(
            new FuncOp(
                location,
                symbols.Unique(function.SymName + "_body"),
                FunctionType.Get([IndexType.Instance, IndexType.Instance, .. arguments.Select(a => a.Type)], []),
                symVisibility: "private"
            ),
            function.Next
        );
        var entry = body.AddEntryBlock();
        var mapping = new IrMapping();
        var builder = new OpBuilder(entry);
        for (var i = 0; i < arguments.Length; i++)
        {
            mapping.Map(arguments[i], entry.Arguments[i + 2]);
        }

        foreach (var constant in constants)
        {
            builder.Clone(constant, mapping);
        }

        var one = builder.Insert(new ConstantOp(location, IntegerAttr.Get(IndexType.Instance, 1))).Result;
        var outer = builder.Insert(ForOp.Create(location, entry.Arguments[0], entry.Arguments[1], one));
        builder.Insert(new ReturnOp(location, default));
        builder.SetInsertionPointToEnd(outer.Body);
        var index = Position(builder, location, outer.InductionVar, mapping[loop.LowerBound[0]], mapping[loop.Step[0]]);
        mapping.Map(loop.Body.Arguments[0], index);
        if (loop.LoopCount > 1)
        {
            CloneInner(loop, mapping, builder);
        }
        else
        {
            for (var op = loop.Body.First; op is not null && op is not ReduceOp; op = op.Next)
            {
                builder.Clone(op, mapping);
            }
        }

        builder.SetInsertionPointToEnd(outer.Body);
        builder.Insert(new YieldOp(location, default));

        builder.SetInsertionPoint(loop);
        var zero = builder.Insert(new ConstantOp(location, IntegerAttr.Get(IndexType.Instance, 0))).Result;
        var count = Count(builder, loop);
        var call = builder.Insert(new CallOp(location, body, (Value[])[zero, count, .. arguments]));
        call.SetAttribute(CallAttribute, loop.Discardable[GrainAttribute]);
        loop.Erase();
    }

    private static Value Position(OpBuilder builder, Location location, Value iteration, Value lower, Value step)
    {
        var scaled = step.ConstInt == 1 ? iteration : builder.Insert(new MulIOp(location, iteration, step)).Result;
        return lower.ConstInt == 0 ? scaled : builder.Insert(new AddIOp(location, scaled, lower)).Result;
    }

    private static Value Count(OpBuilder builder, ParallelOp loop)
    {
        var (lower, upper, step) = (loop.LowerBound[0], loop.UpperBound[0], loop.Step[0]);
        var span = lower.ConstInt == 0 ? upper : builder.Insert(new SubIOp(loop.Location, upper, lower)).Result;
        return step.ConstInt == 1 ? span : builder.Insert(new CeilDivSIOp(loop.Location, span, step)).Result;
    }

    private static void CloneInner(ParallelOp loop, IrMapping mapping, OpBuilder builder)
    {
        var inner = builder.Insert(
            ParallelOp.Create(
                loop.Location,
                [.. loop.LowerBound.Skip(1).Select(v => mapping[v])],
                [.. loop.UpperBound.Skip(1).Select(v => mapping[v])],
                [.. loop.Step.Skip(1).Select(v => mapping[v])]
            )
        );
        for (var i = 1; i < loop.LoopCount; i++)
        {
            mapping.Map(loop.Body.Arguments[i], inner.Body.Arguments[i - 1]);
        }

        builder.SetInsertionPointToEnd(inner.Body);
        for (var op = loop.Body.First; op is not null; op = op.Next)
        {
            builder.Clone(op, mapping);
        }
    }

    /// <summary>The values from outside that the loop uses, and the constants among them, in order of first use.</summary>
    private static (List<Value> Values, List<Operation> Constants) Captures(ParallelOp loop)
    {
        var (values, constants, seen) = (
            new List<Value>(),
            new List<Operation>(),
            new HashSet<Value>(ReferenceEqualityComparer.Instance)
        );
        foreach (var value in loop.LowerBound.Concat(loop.UpperBound.Skip(1)).Concat(loop.Step))
        {
            Add(value);
        }

        foreach (var op in loop.Walk())
        {
            if (ReferenceEquals(op, loop))
            {
                continue;
            }

            foreach (var value in op.Operands)
            {
                if (!(value.Definer ?? value.ParentBlock!.ParentOp!).IsWithin(loop))
                {
                    Add(value);
                }
            }
        }

        return (values, constants);

        void Add(Value value)
        {
            if (!seen.Add(value))
            {
                return;
            }

            if (value.Definer is IConstantLike)
            {
                constants.Add(value.Definer);
            }
            else
            {
                values.Add(value);
            }
        }
    }
}
