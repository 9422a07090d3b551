using System.Collections.Immutable;
using System.Linq.Expressions;
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

    /// <summary>Reads what a kernel takes.</summary>
    /// <param name="inputs">The types of the arguments.</param>
    /// <param name="arguments">Their leaves, then those of captured variables.</param>
    public ComposedArguments(ImmutableArray<Type> inputs, ImmutableArray<KernelArgument> arguments)
    {
        _types = inputs;
        _inputs = [.. inputs.Select(TypeLayout.Of)];
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

    /// <summary>The leaves of these arguments, then those of the captured variables.</summary>
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

        ReadCaptured(leaves, at);
        return leaves;
    }

    /// <summary>Stores the leaves of the captured variables behind those of the arguments; each is read once, so that one call sees one value.</summary>
    /// <param name="leaves">All leaves.</param>
    /// <param name="at">Where those of captured variables begin.</param>
    public void ReadCaptured(object[] leaves, int at)
    {
        for (var i = 0; i < _captured.Length; i++)
        {
            at += Store(_captured[i].Layout, ReadCaptured(i), leaves, at);
        }
    }

    /// <summary>The types of the captured variables.</summary>
    public IEnumerable<Type> CapturedTypes => _captured.Select(c => c.Member.Type);

    /// <summary>The values of the captured variables now.</summary>
    public object[] ReadCaptured() => [.. Enumerable.Range(0, _captured.Length).Select(ReadCaptured)];

    private object ReadCaptured(int index)
    {
        var value = CapturedVariables.Read(_captured[index].Member);
        ArgumentNullException.ThrowIfNull(value, _captured[index].Member.Member.Name);
        return value;
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
