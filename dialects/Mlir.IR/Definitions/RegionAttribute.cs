namespace Mlir.IR;

/// <summary>Marks a partial property of type <see cref="Region"/> (or <c>IReadOnlyList&lt;Region&gt;</c>, as the last one) as a region.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegionAttribute : Attribute
{
    /// <summary>The most blocks the region may have; 0 for any number.</summary>
    public int MaxBlocks { get; init; }

    /// <summary>The least blocks the region must have.</summary>
    public int MinBlocks { get; init; }

    /// <summary>The class of a terminator that custom forms leave out where it has no operands; its constructor takes just a location.</summary>
    public Type? ImplicitTerminator { get; init; }
}
