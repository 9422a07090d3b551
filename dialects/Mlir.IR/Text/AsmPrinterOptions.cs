namespace Mlir.IR.Text;

/// <summary>How IR is printed.</summary>
public sealed record AsmPrinterOptions
{
    /// <summary>The options that nothing was asked of: custom forms, affine maps under aliases, no locations.</summary>
    public static AsmPrinterOptions Default { get; } = new();

    /// <summary>Whether every operation prints in the generic form, <c>"dialect.op"(%a) : (i32) -> i32</c>.</summary>
    public bool Generic { get; init; }

    /// <summary>Whether operations and block arguments print their locations.</summary>
    public bool PrintLocations { get; init; }

    /// <summary>Whether affine maps print as <c>#map</c> with their definitions above the operation.</summary>
    public bool UseAliases { get; init; } = true;

    /// <summary>Dense constants with more elements than this print as <c>dense_resource&lt;__elided__></c>, which does not parse back; null for none.</summary>
    public int? ElideLargeConstants { get; init; }

    /// <summary>Dense constants with more elements than this print as one string of hexadecimal digits.</summary>
    public int HexConstantsAbove { get; init; } = 100;

    /// <summary>Whether values print under the names that they were given, instead of numbers.</summary>
    public bool UseNameHints { get; init; } = true;
}
