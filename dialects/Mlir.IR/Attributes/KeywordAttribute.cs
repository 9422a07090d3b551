namespace Mlir.IR;

/// <summary>MLIR's keyword for a member of an enumeration, or <c>#dialect.name</c> or <c>#dialect&lt;name</c> for the enumeration itself.</summary>
/// <param name="text">The keyword.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Enum)]
public sealed class KeywordAttribute(string text) : Attribute
{
    /// <summary>The keyword.</summary>
    public string Text { get; } = text;
}
