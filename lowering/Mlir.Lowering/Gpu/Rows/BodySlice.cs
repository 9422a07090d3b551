using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The operations of a body that some of its values need.</summary>
internal sealed class BodySlice
{
    private readonly IReadOnlyList<Value> _roots;
    private readonly List<Operation> _operations = [];

    public BodySlice(GenericOp op, IReadOnlyList<Value> roots)
    {
        _roots = roots;
        var needed = new HashSet<Value>(roots, ReferenceEqualityComparer.Instance);
        for (var inner = op.BodyBlock.Last; inner is not null; inner = inner.Previous)
        {
            if (inner.Results.Any(needed.Contains))
            {
                _operations.Add(inner);
                foreach (var nested in inner.Walk())
                {
                    needed.UnionWith(nested.Operands.ToArray());
                }
            }
        }

        _operations.Reverse();
        Arguments = [.. op.BodyBlock.Arguments.Where(needed.Contains)];
    }

    /// <summary>The arguments of the body that are needed.</summary>
    public IReadOnlyList<BlockArgument> Arguments { get; }

    /// <summary>How many operations it has.</summary>
    public int Count => _operations.Sum(o => o.Walk().Count());

    /// <summary>Whether it asks which iteration this is.</summary>
    public bool UsesIndex => _operations.SelectMany(o => o.Walk()).Any(o => o is IndexOp);

    /// <summary>Copies the operations, and returns what the wanted values are.</summary>
    /// <param name="emit">Where the copy goes.</param>
    /// <param name="ivs">The value of each loop.</param>
    /// <param name="argument">The element that an argument stands for.</param>
    public Value[] Emit(Emitter emit, Value[] ivs, Func<BlockArgument, Value> argument)
    {
        var mapping = new IrMapping();
        foreach (var needed in Arguments)
        {
            mapping[needed] = argument(needed);
        }

        foreach (var inner in _operations)
        {
            ScalarBody.Clone(emit, inner, mapping, ivs);
        }

        return [.. _roots.Select(r => mapping[r])];
    }
}
