namespace Mlir.IR.Text;

/// <summary>Reads IR from text and writes it as text.</summary>
public static class MlirText
{
    /// <summary>Parses a whole file.</summary>
    public static ParseResult<Operation> Parse(string text, DialectRegistry dialects, ParserOptions? options = null, string fileName = "<string>") => throw new NotSupportedException();
    /// <summary>Parses a type.</summary>
    public static ParseResult<IrType> ParseType(string text, DialectRegistry dialects, ParserOptions? options = null) => throw new NotSupportedException();
    /// <summary>Parses an attribute.</summary>
    public static ParseResult<IrAttribute> ParseAttribute(string text, DialectRegistry dialects, ParserOptions? options = null) => throw new NotSupportedException();
}
