namespace Mlir.IR.Text;

/// <summary>An argument of an entry block as an operation's custom form declares it, <c>%x: i32 {attributes}</c>.</summary>
public sealed class RegionArgument
{
    /// <summary>An argument that is named <paramref name="operand"/>.</summary>
    public RegionArgument(UnresolvedOperand operand, IrType? type = null)
    {
        Operand = operand;
        Type = type;
        Location = operand.Location;
    }

    /// <summary>The name.</summary>
    public UnresolvedOperand Operand { get; }

    /// <summary>The type; to be set before the region is parsed when it was not written.</summary>
    public IrType? Type { get; set; }

    /// <summary>The attributes written after the type; empty when there are none.</summary>
    public DictionaryAttr Attributes { get; set; } = DictionaryAttr.Empty;

    /// <summary>Where the argument comes from.</summary>
    public Location Location { get; set; }

    internal string? LocationAlias { get; set; }

    internal int LocationAliasPosition { get; set; }
}
