using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.MemRef;

namespace Mlir.Lowering;

/// <summary>Finds the functions that need their caller's frame: they can fail, allocate or use threads, or call one that does.</summary>
internal static class FrameAnalysis
{
    public static HashSet<FuncOp> Run(IReadOnlyList<FuncOp> functions)
    {
        var byName = functions.ToDictionary(f => f.SymName, StringComparer.Ordinal);
        var callers = new Dictionary<FuncOp, List<FuncOp>>();
        var found = new HashSet<FuncOp>();
        var pending = new Stack<FuncOp>();
        foreach (var function in functions)
        {
            foreach (var op in function.Walk())
            {
                if (
                    op is AssertOp or AllocOp or DeallocOp
                    || (op is CallOp && op.Discardable[OutlineParallel.CallAttribute] is not null)
                )
                {
                    if (found.Add(function))
                    {
                        pending.Push(function);
                    }
                }
                else if (op is CallOp call && byName.TryGetValue(call.Callee.Leaf, out var callee))
                {
                    (callers.TryGetValue(callee, out var list) ? list : callers[callee] = []).Add(function);
                }
            }
        }

        while (pending.TryPop(out var function))
        {
            foreach (var caller in callers.GetValueOrDefault(function, []))
            {
                if (found.Add(caller))
                {
                    pending.Push(caller);
                }
            }
        }

        return found;
    }
}
