using Mlir.Dialects.Func;
using Mlir.IR;
using MemRef = Mlir.Dialects.MemRef;
using Vector = Mlir.Dialects.Vector;

namespace Mlir.Lowering;

/// <summary>
/// Finds the array parameters whose memory a function reaches in no other way while it runs, or that nobody writes meanwhile: LLVM may then
/// move reads past writes. Callers of public functions pass what they like, but results never overlap arguments.
/// </summary>
internal sealed class AliasAnalysis
{
    private readonly Dictionary<string, (FuncOp Function, bool[] Written)> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CallOp>> _calls = new(StringComparer.Ordinal);

    public AliasAnalysis(IReadOnlyList<FuncOp> functions)
    {
        foreach (var function in functions)
        {
            foreach (var call in function.Walk().OfType<CallOp>())
            {
                (_calls.TryGetValue(call.Callee.Leaf, out var list) ? list : _calls[call.Callee.Leaf] = []).Add(call);
            }
        }

        // Outlined bodies come after the function that calls them, so most callees are known by now; others may write anything.
        for (var i = functions.Count - 1; i >= 0; i--)
        {
            if (!functions[i].IsDeclaration)
            {
                _functions[functions[i].SymName] = (
                    functions[i],
                    [.. functions[i].Entry.Arguments.Select(a => a.Type is MemRefType && IsWritten(a))]
                );
            }
        }
    }

    /// <summary>For each parameter whether it is an array without aliases that matter.</summary>
    public bool[] NoAlias(FuncOp function)
    {
        var result = new bool[function.FunctionType.Inputs.Count];
        if (!_functions.TryGetValue(function.SymName, out var known))
        {
            return result;
        }

        Operation?[] fresh = new Operation?[result.Length];
        if (!function.IsPublic)
        {
            if (!_calls.TryGetValue(function.SymName, out var calls) || calls.Count != 1)
            {
                return result;
            }

            var roots = calls[0].Operands.Select(v => v.Type is MemRefType ? Views.Root(v) : null).ToArray();
            for (var i = 0; i < roots.Length; i++)
            {
                // Memory that the caller made and passes once.
                fresh[i] =
                    roots[i]?.Definer is MemRef.AllocOp or MemRef.AllocaOp
                    && roots.Count(r => ReferenceEquals(r, roots[i])) == 1
                        ? roots[i]!.Definer
                        : null;
            }
        }

        var othersUnwritten = !Enumerable.Range(0, result.Length).Any(i => known.Written[i] && fresh[i] is null);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] =
                function.FunctionType.Inputs[i] is MemRefType
                && (fresh[i] is not null || (othersUnwritten && !known.Written[i]));
        }

        return result;
    }

    /// <summary>Whether the memory of <paramref name="array"/> may be written, or may get out of sight.</summary>
    private bool IsWritten(Value array)
    {
        var pending = new Stack<Value>();
        pending.Push(array);
        while (pending.TryPop(out var value))
        {
            foreach (var use in value.Uses)
            {
                switch (use.Owner)
                {
                    case MemRef.LoadOp
                    or MemRef.DimOp
                    or MemRef.RankOp
                    or Vector.LoadOp
                    or Vector.MaskedLoadOp
                    or Vector.GatherOp:
                        break;

                    case CallOp call
                        when _functions.TryGetValue(call.Callee.Leaf, out var callee) && !callee.Written[use.Index]:
                        break;

                    case var view when Views.IsView(view):
                        foreach (var result in view.Results)
                        {
                            if (result.Type is MemRefType)
                            {
                                pending.Push(result);
                            }
                        }

                        break;

                    default:
                        return true;
                }
            }
        }

        return false;
    }
}
