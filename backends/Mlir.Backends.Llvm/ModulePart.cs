using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm;

/// <summary>Functions of a module that LLVM compiles apart from the others, into an object of their own.</summary>
/// <param name="Functions">The functions, in the order of the module.</param>
/// <param name="Shared">The names of functions that other parts name, whatever part they are in.</param>
internal sealed record ModulePart(IReadOnlyList<LLVMFuncOp> Functions, IReadOnlySet<string> Shared)
{
    /// <summary>From so many operations on a function is worth a part; below, LLVM's set-up costs more than another thread saves.</summary>
    private const int LeastSize = 300;

    /// <summary>More parts would only take more memory.</summary>
    private const int MostParts = 8;

    /// <summary>
    /// The parts of a module, at least one: large functions with the small ones that only lead to them, and the rest. They follow from the module
    /// alone, not from the number of processors, so that equal modules become equal objects.
    /// </summary>
    /// <param name="module">A module of the <c>llvm</c> dialect.</param>
    public static IReadOnlyList<ModulePart> Of(Operation module)
    {
        // Plain loops for the usual answer: generic code over numbers is compiled in every process, even in a ready-to-run build.
        LLVMFuncOp[] functions = [.. module.Regions[0].Single.Operations.OfType<LLVMFuncOp>().Where(HasBody)];
        var sizes = new int[functions.Length];
        var (large, rest) = (0, 0);
        for (var f = 0; f < functions.Length; f++)
        {
            foreach (var _ in functions[f].Walk())
            {
                sizes[f]++;
            }

            (large, rest) = sizes[f] >= LeastSize ? (large + 1, rest) : (large, rest + sizes[f]);
        }

        if (large + (rest >= LeastSize ? 1 : 0) < 2 || !CanBeCut(module))
        {
            return [new ModulePart(functions, EmptySet)];
        }

        var named = functions.Select(NamedBy).ToArray();
        var units = Units(functions, sizes, named);
        var parts = Share(units, sizes);
        if (parts.Count < 2)
        {
            return [new ModulePart(functions, EmptySet)];
        }

        var home = new Dictionary<string, int>();
        for (var p = 0; p < parts.Count; p++)
        {
            foreach (var f in parts[p])
            {
                home[functions[f].SymName] = p;
            }
        }

        var shared = parts
            .SelectMany(
                (part, p) => part.SelectMany(f => named[f]).Where(n => home.TryGetValue(n, out var h) && h != p)
            )
            .ToHashSet();
        return [.. parts.Select(part => new ModulePart([.. part.Order().Select(f => functions[f])], shared))];
    }

    private static bool HasBody(LLVMFuncOp function) => !function.Body.IsEmpty;

    private static IReadOnlySet<string> EmptySet { get; } = new HashSet<string>();

    /// <summary>Whether several objects can mean what one does: constants are repeated where they are used, memory that is written cannot be.</summary>
    private static bool CanBeCut(Operation module) =>
        module
            .Regions[0]
            .Single.Operations.OfType<GlobalOp>()
            .All(static g => g is { IsConstant: true, Value: not null, Linkage: Linkage.Internal or Linkage.Private });

    private static HashSet<string> NamedBy(LLVMFuncOp function) =>
        [
            .. function
                .Walk()
                .Select(static op =>
                    op switch
                    {
                        CallOp call => call.Callee?.Leaf,
                        AddressOfOp address => address.GlobalName.Leaf,
                        _ => null,
                    }
                )
                .OfType<string>(),
        ];

    /// <summary>Each large function with the small ones that name it and no other; the rest together, if it is large enough.</summary>
    private static List<List<int>> Units(LLVMFuncOp[] functions, int[] sizes, HashSet<string>[] named)
    {
        var places = functions.Index().ToDictionary(static f => f.Item.SymName, static f => f.Index);
        var units = new Dictionary<int, List<int>>();
        var rest = new List<int>();
        for (var f = 0; f < functions.Length; f++)
        {
            if (sizes[f] >= LeastSize)
            {
                units[f] = [f];
            }
        }

        for (var f = 0; f < functions.Length; f++)
        {
            if (sizes[f] >= LeastSize)
            {
                continue;
            }

            var goals = named[f].Where(places.ContainsKey).Select(n => places[n]).ToArray();
            (goals is [var goal] && units.TryGetValue(goal, out var unit) ? unit : rest).Add(f);
        }

        var all = units.OrderBy(static u => u.Key).Select(static u => u.Value).ToList();
        if (rest.Count > 0 && (all.Count == 0 || rest.Sum(f => sizes[f]) >= LeastSize))
        {
            all.Add(rest);
        }
        else
        {
            all.MinBy(unit => unit.Sum(f => sizes[f]))!.AddRange(rest);
        }

        return all;
    }

    /// <summary>Spreads units over parts of about one size, the largest first.</summary>
    private static List<List<int>> Share(List<List<int>> units, int[] sizes)
    {
        int Size(List<int> unit) => unit.Sum(f => sizes[f]);
        var parts = new List<List<int>>();
        foreach (var unit in units.OrderByDescending(Size))
        {
            if (parts.Count < MostParts)
            {
                parts.Add([.. unit]);
            }
            else
            {
                parts.MinBy(Size)!.AddRange(unit);
            }
        }

        return parts;
    }
}
