namespace Mlir.IR.Generators;

/// <summary>An inherent attribute.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Name">MLIR's name.</param>
/// <param name="Modifiers">The modifiers as written.</param>
/// <param name="TypeText">The type as written.</param>
/// <param name="Getter">The get accessor as written, without a body.</param>
/// <param name="Setter">The set or init accessor as written, or null.</param>
/// <param name="Summary">The inside of the property's summary.</param>
/// <param name="Slot">The position among the inherent attributes.</param>
/// <param name="Kind">How the value is kept.</param>
/// <param name="ValueType">The property's type without <c>?</c>.</param>
/// <param name="IsNullable">Whether the property's type has a <c>?</c>.</param>
/// <param name="ElementType">The C# expression of the type of numbers, or null.</param>
/// <param name="ElementText">MLIR's spelling of that type.</param>
/// <param name="Default">The C# expression of the value that absence means, or null.</param>
/// <param name="IsFlags">Whether an enumeration's members combine.</param>
/// <param name="IsTyped">Whether the attribute class has a type, which other parts may share.</param>
/// <param name="IsValueType">Whether the property's type is a value type.</param>
/// <param name="ClassName">The short name of the attribute class.</param>
internal sealed record AttrModel(
    string Property,
    string Name,
    string Modifiers,
    string TypeText,
    string Getter,
    string? Setter,
    string Summary,
    int Slot,
    AttrKind Kind,
    string ValueType,
    bool IsNullable,
    string? ElementType,
    string? ElementText,
    string? Default,
    bool IsFlags,
    bool IsTyped,
    bool IsValueType,
    string ClassName
) : PartModel(Property, Name, Modifiers, TypeText, Getter, Setter, Summary)
{
    /// <summary>Whether the attribute must be present.</summary>
    public bool IsRequired => Kind != AttrKind.Unit && !IsNullable && Default is null;

    /// <summary>The class that keeps the value in the IR.</summary>
    public string Storage =>
        Kind switch
        {
            AttrKind.Class => ValueType,
            AttrKind.Integer or AttrKind.Bool or AttrKind.IntegerEnum => "IntegerAttr",
            AttrKind.Unit => "UnitAttr",
            AttrKind.Float => "FloatAttr",
            AttrKind.String or AttrKind.Symbol => "StringAttr",
            AttrKind.Type => "TypeAttr",
            AttrKind.AffineMap => "AffineMapAttr",
            AttrKind.Enum => $"EnumAttr<{ValueType}>",
            _ => "DenseArrayAttr",
        };

    /// <summary>The property's value from an expression of type <see cref="Storage"/>.</summary>
    public string FromStorage(string attribute) =>
        Kind switch
        {
            AttrKind.Class => attribute,
            AttrKind.Integer => ValueType == "long" ? $"{attribute}.Int64" : $"({ValueType}){attribute}.Int64",
            AttrKind.Unit => "true",
            AttrKind.Bool => $"{attribute}.Value != 0",
            AttrKind.Type => ValueType == "IrType" ? $"{attribute}.Value" : $"({ValueType}){attribute}.Value",
            AttrKind.AffineMap => $"{attribute}.Map",
            AttrKind.IntegerEnum => $"({ValueType}){attribute}.Int64",
            AttrKind.Array => $"{attribute}.Values",
            _ => $"{attribute}.Value",
        };

    /// <summary>The attribute from an expression of the property's type without <c>?</c>.</summary>
    public string ToStorage(string value) =>
        Kind switch
        {
            AttrKind.Class => value,
            AttrKind.Integer => $"IntegerAttr.Get({ElementType}, {value})",
            AttrKind.Unit => "UnitAttr.Instance",
            AttrKind.Bool => $"IntegerAttr.Get({value})",
            AttrKind.Float => $"FloatAttr.Get({ElementType}, {value})",
            AttrKind.String or AttrKind.Symbol => $"StringAttr.Get({value})",
            AttrKind.Type => $"TypeAttr.Get({value})",
            AttrKind.AffineMap => $"AffineMapAttr.Get({value})",
            AttrKind.Enum => $"{Storage}.Get({value})",
            AttrKind.IntegerEnum => $"IntegerAttr.Get({ElementType}, (long){value})",
            _ => $"DenseArrayAttr.Get({ElementType}, {value}.Span)",
        };

    /// <summary>What the attribute must be, in words.</summary>
    public string Description =>
        Kind switch
        {
            AttrKind.Class when ElementText is not null => $"{Article} {ClassName} of type {ElementText}",
            AttrKind.Class => $"{Article} {ClassName}",
            AttrKind.Integer => $"an integer of type {ElementText}",
            AttrKind.Unit => "a unit attribute",
            AttrKind.Bool => "true or false",
            AttrKind.Float => $"a float of type {ElementText}",
            AttrKind.String => "a string",
            AttrKind.Symbol => "a symbol name",
            AttrKind.Type => ValueType == "IrType" ? "a type" : $"a type of class {ClassName}",
            AttrKind.AffineMap => "an affine map",
            AttrKind.Enum => $"a case of {ClassName}",
            AttrKind.IntegerEnum => $"the number of a case of {ClassName} of type {ElementText}",
            _ => $"an array of {ElementText}",
        };

    private string Article => "AEIO".IndexOf(ClassName[0]) >= 0 ? "an" : "a";
}
