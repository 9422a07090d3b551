using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Moves the body of each <c>scf.parallel</c> into a function over a range of iterations and calls that; the attribute
/// <c>mlir.parallel</c> on the call says that the runtime may split the range, and how many iterations are worth a thread.
/// </summary>
/// <example><code>
/// scf.parallel (%i) = (%c0) to (%n) step (%c1) { use(%i, %a) } {mlir.grain = 4 : index}
/// →
/// func.call @f__body0(%c0, %n, %a) {mlir.parallel = 4 : index}
/// func.func private @f__body0(%begin: index, %end: index, %a: …) { scf.for %i = %begin to %end step %c1 { use(%i, %a) } return }
/// </code></example>
[Pass("outline-parallel")]
public sealed partial record OutlineParallel : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        if (op is not ModuleOp module)
        {
            return;
        }

        SymbolTable? symbols = null;
        foreach (var function in module.Regions[0].Single.Operations.OfType<FuncOp>().ToList())
        {
            // Outer loops first: one inside another stays on the thread that runs it.
            foreach (var loop in function.Walk().OfType<ParallelOp>().Where(l => l.Results.Count == 0).ToList())
            {
                if (loop.LoopCount != 1
                    || loop.LowerBound[0].ConstInt is null
                    || loop.Step[0].ConstInt is null
                    || loop.ParentOfType<ParallelOp>() is not null)
                {
                    ToSequential(loop);
                }
                else
                {
                    Outline(loop, function, symbols ??= new SymbolTable(module));
                }
            }
        }

        foreach (var function in module.Walk().OfType<FuncOp>())
        {
            HoistAllocas(function);
        }
    }

    private static void Outline(ParallelOp loop, FuncOp function, SymbolTable symbols)
    {
        // Constants are made again inside; everything else from outside is passed.
        var captured = new List<Value>();
        var constants = new List<Value>();
        foreach (var operand in loop.Body.Operations.SelectMany(o => o.Walk()).SelectMany(o => o.Operands.ToArray()))
        {
            if (!operand.ParentBlock!.Parent!.IsWithin(loop.Region))
            {
                var list = operand.Definer is IConstantLike ? constants : captured;
                if (!list.Contains(operand))
                {
                    list.Add(operand);
                }
            }
        }

        var index = IndexType.Instance;
        IrType[] inputs = [index, index, .. captured.Select(v => v.Type)];
        var name = symbols.Unique($"{function.SymName}__body");
        var body = new FuncOp(loop.Location, name, FunctionType.Get(inputs, []), symVisibility: "private");
        var entry = body.AddEntryBlock();
        symbols.Insert(body, function.Next);
        var emit = new Emitter(new OpBuilder(entry), loop.Location);
        foreach (var constant in constants)
        {
            var copy = emit.Clone(constant.Definer!, new IrMapping()).Result0;
            constant.ReplaceUsesWhere(copy, u => u.Owner.IsWithin(loop) && !ReferenceEquals(u.Owner, loop));
        }

        for (var i = 0; i < captured.Count; i++)
        {
            captured[i].ReplaceUsesWhere(entry.Arguments[i + 2], u => u.Owner.IsWithin(loop) && !ReferenceEquals(u.Owner, loop));
        }

        emit.For(entry.Arguments[0], entry.Arguments[1], emit.Index(1), [], (inside, iteration, _) =>
        {
            // begin + i · step of the original loop.
            var (lower, step) = ((long)loop.LowerBound[0].ConstInt!.Value, (long)loop.Step[0].ConstInt!.Value);
            var iv = inside.Add(inside.Mul(iteration, inside.Index(step)), inside.Index(lower));
            MoveBody(loop, inside, iv);
            return [];
        });
        emit.Insert(new ReturnOp(loop.Location, []));

        var call = new Emitter(new OpBuilder(loop), loop.Location);
        var count = call.CeilDiv(call.Sub(loop.UpperBound[0], loop.LowerBound[0]), loop.Step[0]);
        var made = call.Insert(new CallOp(loop.Location, [call.Index(0), count, .. captured], SymbolRefAttr.Get(body.SymName), []));
        made.SetAttribute(Inline.ParallelAttribute, loop.GetAttribute(Emitter.GrainAttribute) ?? IntegerAttr.Get(index, 1));
        loop.Erase();
    }

    /// <summary>Nested <c>scf.for</c> in place of a parallel loop.</summary>
    private static void ToSequential(ParallelOp loop)
    {
        Nest(new Emitter(new OpBuilder(loop), loop.Location), []);
        loop.Erase();

        void Nest(Emitter emit, Value[] outer)
        {
            var i = outer.Length;
            emit.For(loop.LowerBound[i], loop.UpperBound[i], loop.Step[i], [], (inside, iv, _) =>
            {
                Value[] all = [.. outer, iv];
                if (all.Length == loop.LoopCount)
                {
                    MoveBody(loop, inside, all);
                }
                else
                {
                    Nest(inside, all);
                }

                return [];
            });
        }
    }

    private static void MoveBody(ParallelOp loop, Emitter target, params Value[] ivs)
    {
        for (var i = 0; i < ivs.Length; i++)
        {
            loop.Body.Arguments[i].ReplaceAllUsesWith(ivs[i]);
        }

        var last = loop.Body.Last!;
        while (!ReferenceEquals(loop.Body.First, last))
        {
            var op = loop.Body.First!;
            op.Remove();
            target.Builder.Insert(op);
        }
    }

    /// <summary>Memory on the stack is taken once a call, not once an iteration.</summary>
    private static void HoistAllocas(FuncOp function)
    {
        if (function.Body.First is not { } entry)
        {
            return;
        }

        foreach (var alloca in function.Walk().OfType<AllocaOp>().Where(a => a.Operands.Count == 0 && !ReferenceEquals(a.Block, entry)).ToList())
        {
            alloca.Remove();
            entry.Insert(alloca, entry.First);
        }
    }
}
