using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Removes private symbols that nothing reachable from a public one refers to.</summary>
[Pass("symbol-dce")]
public sealed partial record SymbolDce : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        if (op is not ISymbolTable)
        {
            return;
        }

        var candidates = new Dictionary<string, Operation>(StringComparer.Ordinal);
        var pending = new Stack<Operation>();
        foreach (var child in op.Regions[0].Blocks.SelectMany(b => b.Operations))
        {
            if (
                child is ISymbol { SymbolName: { } name }
                && child.GetAttribute("sym_visibility") is StringAttr { Value: "private" }
            )
            {
                candidates[name] = child;
            }
            else
            {
                pending.Push(child);
            }
        }

        if (candidates.Count == 0)
        {
            return;
        }

        while (pending.TryPop(out var live))
        {
            foreach (var name in live.Walk().SelectMany(ReferencesOf))
            {
                if (candidates.Remove(name, out var symbol))
                {
                    pending.Push(symbol);
                }
            }
        }

        foreach (var dead in candidates.Values)
        {
            dead.Erase();
        }
    }

    private static IEnumerable<string> ReferencesOf(Operation op) =>
        op.Attributes.SelectMany(a => ReferencesOf(a.Value));

    private static IEnumerable<string> ReferencesOf(IrAttribute attribute) =>
        attribute switch
        {
            SymbolRefAttr reference => reference.Path,
            ArrayAttr array => array.Items.SelectMany(ReferencesOf),
            DictionaryAttr dictionary => dictionary.Items.SelectMany(i => ReferencesOf(i.Value)),
            _ => [],
        };
}
