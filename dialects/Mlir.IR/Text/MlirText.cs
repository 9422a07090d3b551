namespace Mlir.IR.Text;

/// <summary>Reads IR from text and writes it as text. Bad input yields located diagnostics, never an exception.</summary>
public static class MlirText
{
    /// <summary>Parses a whole file. Operations at the top are wrapped in a <c>builtin.module</c> unless the file is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dialects">The dialects that are known.</param>
    /// <param name="options">What is accepted and kept.</param>
    /// <param name="fileName">The name under which diagnostics and locations mention the text.</param>
    public static ParseResult<Operation> Parse(
        string text,
        DialectRegistry dialects,
        ParserOptions? options = null,
        string fileName = "<string>"
    ) => Run(text, dialects, options, fileName, static parser => parser.ParseFile());

    /// <summary>Parses one type, <c>tensor&lt;4xf32></c>.</summary>
    public static ParseResult<IrType> ParseType(string text, DialectRegistry dialects, ParserOptions? options = null) =>
        Run(
            text,
            dialects,
            options,
            "<string>",
            static parser =>
            {
                var type = parser.ParseType();
                parser.ExpectEnd();
                return type;
            }
        );

    /// <summary>Parses one attribute, <c>dense&lt;1> : tensor&lt;4xi32></c>.</summary>
    public static ParseResult<IrAttribute> ParseAttribute(
        string text,
        DialectRegistry dialects,
        ParserOptions? options = null
    ) =>
        Run(
            text,
            dialects,
            options,
            "<string>",
            static parser =>
            {
                var attribute = parser.ParseAttribute();
                parser.ExpectEnd();
                return attribute;
            }
        );

    /// <summary>The operation with everything inside it as text that ends in a line break.</summary>
    public static string Print(Operation op, AsmPrinterOptions? options = null) => AsmPrinter.PrintLine(op, options);

    private static ParseResult<T> Run<T>(
        string text,
        DialectRegistry dialects,
        ParserOptions? options,
        string fileName,
        Func<AsmParser, T> parse
    )
        where T : class
    {
        AsmParser? parser = null;
        try
        {
            parser = new AsmParser(text, dialects, options ?? ParserOptions.Default, fileName);
            return new ParseResult<T>(parse(parser), []);
        }
        catch (AsmParseException e)
        {
            return new ParseResult<T>(null, EquatableArray.From(e.Diagnostics));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ThreadInterruptedException))
        {
            // A defect in a custom form must not take the caller down with it: the text is refused, and the place is known.
            var location = parser?.CurrentLocation ?? new FileLineColLoc(fileName, 1, 1);
            return new ParseResult<T>(null, [ParserErrors.Internal.At(location, e.GetType().Name + ": " + e.Message)]);
        }
    }
}
