namespace Mlir.IR;

/// <summary>The parts of an operation that is being put together, by the parser or by generic code.</summary>
public sealed class OperationState
{
    /// <summary>Starts an operation of <paramref name="definition"/> at <paramref name="location"/>.</summary>
    public OperationState(OpDefinition definition, Location location) =>
        (Definition, Location) = (definition, location);

    /// <summary>The definition.</summary>
    public OpDefinition Definition { get; internal set; }

    /// <summary>Where the operation comes from.</summary>
    public Location Location { get; set; }

    /// <summary>The operands, in order.</summary>
    public List<Value> Operands { get; } = [];

    /// <summary>The result types, in order.</summary>
    public List<IrType> ResultTypes { get; } = [];

    /// <summary>Inherent and discardable attributes together; the operation sorts them by its definition.</summary>
    public List<NamedAttribute> Attributes { get; } = [];

    /// <summary>The regions, detached until the operation takes them over.</summary>
    public List<Region> Regions { get; } = [];

    /// <summary>The successor blocks.</summary>
    public List<Block> Successors { get; } = [];

    /// <summary>The attribute under <paramref name="name"/>, or null.</summary>
    public IrAttribute? GetAttribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>Sets the attribute <paramref name="name"/>.</summary>
    public void SetAttribute(string name, IrAttribute value)
    {
        Attributes.RemoveAll(a => a.Name == name);
        Attributes.Add(new NamedAttribute(name, value));
    }

    /// <summary>Makes the operation.</summary>
    public Operation Create() => Definition.Create(this);

    /// <summary>Empties the state so that the next operation can use it.</summary>
    internal void Reset(OpDefinition definition, Location location)
    {
        Definition = definition;
        Location = location;
        Operands.Clear();
        ResultTypes.Clear();
        Attributes.Clear();
        Regions.Clear();
        Successors.Clear();
    }
}
