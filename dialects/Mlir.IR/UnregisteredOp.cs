using System.Collections.Concurrent;

namespace Mlir.IR;

/// <summary>An operation whose dialect is not registered; it prints in the generic form only.</summary>
public sealed class UnregisteredOp : Operation
{
    private static readonly ConcurrentDictionary<string, OpDefinition> Definitions = new();

    private UnregisteredOp(OperationState state)
        : base(state) { }

    /// <summary>The definition under which operations of the unknown <paramref name="name"/> are made.</summary>
    public static OpDefinition DefinitionOf(string name) =>
        Definitions.Count > 4096
            ? Make(name) // Names come from files: unbounded input must not fill the table.
            : Definitions.GetOrAdd(name, Make);

    private static OpDefinition Make(string name) => new() { Name = name, Create = state => new UnregisteredOp(state) };
}
