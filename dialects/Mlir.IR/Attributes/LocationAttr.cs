using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A source location as a constant, <c>loc("f.cs":1:2)</c>.</summary>
public sealed record LocationAttr : IrAttribute
{
    private LocationAttr(Location location) => Location = location;

    /// <summary>The location.</summary>
    public Location Location { get; }

    /// <summary>The attribute that holds <paramref name="location"/>.</summary>
    public static LocationAttr Get(Location location) => Intern(new LocationAttr(location));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteLocation(Location);
}
