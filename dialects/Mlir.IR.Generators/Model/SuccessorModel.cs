namespace Mlir.IR.Generators;

/// <summary>A successor, or the last ones of any number.</summary>
internal sealed record SuccessorModel(
    string Property,
    string Name,
    string Modifiers,
    string TypeText,
    string Getter,
    string? Setter,
    string Summary,
    int Index,
    bool IsVariadic
) : PartModel(Property, Name, Modifiers, TypeText, Getter, Setter, Summary);
