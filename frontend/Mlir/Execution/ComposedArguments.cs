using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;

namespace Mlir.Execution;

/// <summary>Takes the arguments of a composition apart into the leaves that its kernel takes, and adds what the lambdas capture.</summary>
internal sealed class ComposedArguments
{
    private readonly ImmutableArray<Type> _types;
    private readonly TypeLayout[] _inputs;
    private readonly (MemberExpression Member, TypeLayout Layout)[] _captured;
    private readonly int _leaves;

    public ComposedArguments(Composition composition, ImmutableArray<KernelArgument> arguments)
    {
        _types = composition.Inputs;
        _inputs = [.. composition.Inputs.Select(TypeLayout.Of)];
        _captured =
        [
            .. arguments
                .Select(a => a.Captured)
                .OfType<MemberExpression>()
                .Distinct()
                .Select(m => (m, TypeLayout.Of(m.Type))),
        ];
        _leaves = arguments.Length;
    }

    /// <summary>The leaves of these arguments; a captured variable is read once, so that one call sees one value.</summary>
    public object[] Read(ReadOnlySpan<object?> inputs)
    {
        if (inputs.Length != _inputs.Length)
        {
            throw new ArgumentException($"The kernel takes {_inputs.Length} arguments, not {inputs.Length}.");
        }

        var leaves = new object[_leaves];
        var at = 0;
        for (var i = 0; i < _inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], $"input {i}");
            if (inputs[i]!.GetType() != _types[i])
            {
                throw new ArgumentException($"Argument {i} is {inputs[i]!.GetType()}, not {_types[i]}.");
            }

            at += Store(_inputs[i], inputs[i]!, leaves, at);
        }

        foreach (var (member, layout) in _captured)
        {
            var value = CapturedVariables.Read(member);
            ArgumentNullException.ThrowIfNull(value, member.Member.Name);
            at += Store(layout, value, leaves, at);
        }

        return leaves;
    }

    private static int Store(TypeLayout layout, object value, object[] leaves, int at)
    {
        if (layout.IsLeaf)
        {
            leaves[at] = value;
        }
        else
        {
            layout.Read(value, leaves.AsSpan(at));
        }

        return layout.Leaves.Length;
    }
}
