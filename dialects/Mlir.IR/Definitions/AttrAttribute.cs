namespace Mlir.IR;

/// <summary>
/// Marks a partial property as an inherent attribute. The property's type is an <see cref="IrAttribute"/> class, or one that is kept as such:
/// <c>long</c>/<c>int</c>, <c>bool</c> (a unit attribute), <c>double</c>, <c>string</c>, <see cref="IrType"/> or a class of types, <see cref="AffineMap"/>,
/// <c>EquatableArray&lt;long&gt;</c> (a <see cref="DenseArrayAttr"/>), an enumeration with keywords. A nullable property is optional.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AttrAttribute : Attribute
{
    /// <summary>MLIR's name; by default the property's name with a small first letter.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// For numbers and arrays of them: the keyword of their type, <c>i64</c> by default (<c>i32</c>, <c>index</c>). <c>i1</c> makes a <c>bool</c> a truth
    /// value instead of a unit attribute; an integer type makes an enumeration an integer; <c>symbol</c> makes a string print as <c>@name</c>.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>The value that an absent attribute means, in C# syntax; such an attribute is left out of the text when it has this value.</summary>
    public string? Default { get; init; }
}
