using System.Collections.Immutable;
using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>What all operations of one name share: generated once for each operation class.</summary>
public sealed class OpDefinition
{
    /// <summary>The full name, <c>arith.addi</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the inherent attributes; <see cref="Operation.GetInherent"/> takes positions in this list.</summary>
    public ImmutableArray<string> AttributeNames { get; init; } = [];

    /// <summary>Makes an operation of this definition from its parts.</summary>
    public required Func<OperationState, Operation> Create { get; init; }

    /// <summary>Parses the custom form after the operation's name into the state; null when there is only the generic form.</summary>
    public Action<AsmParser, OperationState>? Parse { get; init; }

    /// <summary>Whether the operations are <see cref="IIsolatedFromAbove"/>: names from outside are then unknown in their regions.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>The dialect's name: what stands before the first dot.</summary>
    public string Dialect => Name.IndexOf('.') is >= 0 and var dot ? Name[..dot] : "";

    /// <summary>The position of the inherent attribute <paramref name="name"/>, or -1.</summary>
    public int IndexOfAttribute(string name)
    {
        for (var i = 0; i < AttributeNames.Length; i++)
        {
            if (AttributeNames[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
