using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Replaces calls of functions of the same module by their bodies; recursion stays a call.</summary>
/// <param name="PrivateOnly">Whether only private functions are inlined.</param>
[Pass("inline")]
public sealed partial record Inline(bool PrivateOnly = false) : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        if (op is not ISymbolTable || !op.Walk().Any(o => o is CallOp))
        {
            return;
        }

        var symbols = new SymbolTable(op);
        var state = new Dictionary<FuncOp, bool>(ReferenceEqualityComparer.Instance);
        foreach (var function in op.Regions[0].Blocks.SelectMany(b => b.Operations).OfType<FuncOp>().ToList())
        {
            Visit(function, symbols, state, context);
        }
    }

    /// <summary>Inlines into the callees of a function before the function itself, so that each body is copied in its final form.</summary>
    private void Visit(FuncOp root, SymbolTable symbols, Dictionary<FuncOp, bool> state, PassContext context)
    {
        var path = new Stack<(FuncOp Function, Queue<FuncOp> Callees)>();
        Enter(root);
        while (path.TryPeek(out var top))
        {
            if (top.Callees.TryDequeue(out var callee))
            {
                Enter(callee);
                continue;
            }

            path.Pop();
            InlineCalls(top.Function, symbols, state, context);
            state[top.Function] = true;
        }

        void Enter(FuncOp function)
        {
            if (state.TryAdd(function, false))
            {
                path.Push((function, new(CallsIn(function).Select(c => Callee(c, symbols)).OfType<FuncOp>())));
            }
        }
    }

    private void InlineCalls(FuncOp function, SymbolTable symbols, Dictionary<FuncOp, bool> state, PassContext context)
    {
        foreach (var call in CallsIn(function))
        {
            // A callee that is not finished calls this function: recursion.
            if (
                Callee(call, symbols) is { Body.IsEmpty: false } callee
                && !ReferenceEquals(callee, function)
                && state.GetValueOrDefault(callee)
                && (!PrivateOnly || callee.GetAttribute("sym_visibility") is StringAttr { Value: "private" })
                && (callee.Body.HasOneBlock || ReferenceEquals(call.ParentRegion, function.Body))
            )
            {
                context.Cancellation.ThrowIfCancellationRequested();
                InlineCall(call, callee);
            }
        }
    }

    private static List<CallOp> CallsIn(FuncOp function) =>
        [.. function.Walk().OfType<CallOp>().Where(c => c.GetAttribute(OutlineParallel.CallAttribute) is null)];

    private static FuncOp? Callee(CallOp call, SymbolTable symbols) =>
        symbols.Lookup(((ICallLike)call).Callee) as FuncOp;

    private static void InlineCall(CallOp call, FuncOp callee)
    {
        // One copy of the whole function, whose blocks then move over.
        var copy = (FuncOp)callee.Clone();
        foreach (var op in copy.Walk())
        {
            op.Location = op.Location == Location.Unknown ? call.Location : new CallSiteLoc(op.Location, call.Location);
        }

        var entry = copy.Body.First!;
        for (var i = 0; i < entry.Arguments.Count; i++)
        {
            entry.Arguments[i].ReplaceAllUsesWith(call.Operands[i]);
        }

        if (copy.Body.HasOneBlock)
        {
            var last = entry.Last!;
            call.ReplaceAllUsesWith(last.Operands.ToArray());
            last.Erase();
            while (entry.First is { } op)
            {
                op.MoveBefore(call);
            }

            call.Erase();
            return;
        }

        var before = call.Block!;
        var after = before.SplitBefore(call);
        foreach (var result in call.Results)
        {
            var argument = after.AddArgument(result.Type, call.Location);
            result.ReplaceAllUsesWith(argument);
        }

        while (copy.Body.First is { } block)
        {
            block.Remove();
            after.Parent!.Insert(block, after);
            if (block.Last is ReturnOp returned)
            {
                var values = returned.Operands.ToArray();
                returned.Erase();
                block.Insert(new BranchOp(call.Location, values, after));
            }
        }

        while (entry.First is { } op)
        {
            op.Remove();
            before.Insert(op);
        }

        entry.Erase();
        call.Erase();
    }
}
