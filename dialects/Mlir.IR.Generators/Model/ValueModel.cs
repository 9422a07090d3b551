namespace Mlir.IR.Generators;

/// <summary>An operand or a result.</summary>
internal sealed record ValueModel(
    string Property,
    string Name,
    string Modifiers,
    string TypeText,
    string Getter,
    string? Setter,
    string Summary,
    bool IsResult,
    int Index,
    Arity Arity,
    string? Constraint,
    bool HasSingleType,
    string? SameTypeAs,
    InferenceModel? InferredBy
) : PartModel(Property, Name, Modifiers, TypeText, Getter, Setter, Summary)
{
    public string Kind => IsResult ? "result" : "operand";

    /// <summary>The variable that holds the parsed type, or the list of them.</summary>
    public string TypeLocal =>
        Arity == Arity.One ? Names.Local(Property, "Type") : Names.Local(Names.Singular(Property), "Types");
}
