namespace Mlir.IR.Generators;

/// <summary>A region, or the last ones of any number.</summary>
internal sealed record RegionModel(
    string Property,
    string Name,
    string Modifiers,
    string TypeText,
    string Getter,
    string? Setter,
    string Summary,
    int Index,
    bool IsVariadic,
    int MinBlocks,
    int MaxBlocks,
    string? ImplicitTerminator
) : PartModel(Property, Name, Modifiers, TypeText, Getter, Setter, Summary);
