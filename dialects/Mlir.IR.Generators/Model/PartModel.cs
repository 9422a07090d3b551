namespace Mlir.IR.Generators;

/// <summary>What all parts of an operation have: the property and how it is declared.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Name">MLIR's name.</param>
/// <param name="Modifiers">The modifiers as written, <c>public partial</c>.</param>
/// <param name="TypeText">The type as written.</param>
/// <param name="Getter">The get accessor as written, without a body.</param>
/// <param name="Setter">The set or init accessor as written, or null.</param>
/// <param name="Summary">The inside of the property's summary, or an empty text.</param>
internal abstract record PartModel(
    string Property,
    string Name,
    string Modifiers,
    string TypeText,
    string Getter,
    string? Setter,
    string Summary
)
{
    public string Parameter => Names.Parameter(Property);

    public string Local => Names.Local(Property);
}
