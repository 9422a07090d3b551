using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mlir.IR.Text;

/// <summary>Reads MLIR's textual syntax; custom forms of operations, types and attributes are written against it.</summary>
/// <remarks>The first error ends the parse: methods throw an <see cref="AsmParseException"/>, which the entry points of <see cref="MlirText"/> catch.</remarks>
public sealed partial class AsmParser
{
    private readonly string _text;
    private readonly SourceMap _source;
    private readonly ParserOptions _options;
    private readonly NamePool _names = new();
    private Lexer _lexer;
    private int _valueDepth;

    internal AsmParser(string text, DialectRegistry dialects, ParserOptions options, string fileName)
    {
        _text = text;
        _source = new SourceMap(text, fileName, options.FirstLine);
        _options = options;
        Dialects = dialects;
        _lexer = new Lexer(text, _source, options.MaxNameLength, options.MaxStringLength);
        _lexer.Next();
    }

    /// <summary>The dialects whose operations, types and attributes are known.</summary>
    public DialectRegistry Dialects { get; }

    /// <summary>Where the next token starts.</summary>
    public Location CurrentLocation => _source.LocationAt(_lexer.Start);

    internal Location LocationAt(int position) => _source.LocationAt(position);

    internal ReadOnlySpan<char> TextAt(int start, int length) => _text.AsSpan(start, length);

    /// <summary>An error for the caller to throw, at <paramref name="at"/> or at the next token.</summary>
    public AsmParseException Error(string message, Location? at = null) =>
        new(ParserErrors.Custom.At(at ?? CurrentLocation, message));

    private AsmParseException Fail(DiagnosticTemplate template, int position, params ReadOnlySpan<object?> arguments) =>
        new(template.At(_source.LocationAt(position), arguments));

    private AsmParseException FailInvalid(string message, int position) =>
        Fail(ParserErrors.Invalid, position, message);

    private AsmParseException FailExpected(string what) =>
        Fail(ParserErrors.Expected, _lexer.Start, what, DescribeToken());

    private string DescribeToken()
    {
        if (_lexer.Kind == TokenKind.End)
        {
            return "the end of the text";
        }

        var span = _lexer.Span;
        return span.Length > 40 ? $"'{span[..40]}…'" : $"'{span}'";
    }

    private Diagnostic NoteAt(int position, string message) =>
        ParserErrors.Note.At(_source.LocationAt(position), message);

    private bool IsPunctuation(char c) =>
        _lexer.Kind == TokenKind.Punctuation && _lexer.End - _lexer.Start == 1 && _text[_lexer.Start] == c;

    private bool TryPunctuation(char c)
    {
        if (!IsPunctuation(c))
        {
            return false;
        }

        _lexer.Next();
        return true;
    }

    private void ExpectPunctuation(char c)
    {
        if (!TryPunctuation(c))
        {
            throw FailExpected($"'{c}'");
        }
    }

    /// <summary>
    /// Whether the next token is <paramref name="text"/>: punctuation such as <c>(</c>, <c>-></c>, <c>::</c>, or a keyword. A prefix alone
    /// (<c>%</c>, <c>^</c>, <c>@</c>, <c>#</c>, <c>!</c>, <c>"</c>) stands for any name with it.
    /// </summary>
    public bool Peek(string text) =>
        _lexer.Kind switch
        {
            TokenKind.Identifier => _lexer.Span.SequenceEqual(text),
            TokenKind.Punctuation => _lexer.Span.SequenceEqual(text)
                || (text == "::" && IsPunctuation(':') && _lexer.End < _text.Length && _text[_lexer.End] == ':'),
            TokenKind.Percent
            or TokenKind.Caret
            or TokenKind.Symbol
            or TokenKind.Hash
            or TokenKind.Exclamation
            or TokenKind.String => text.Length == 1 && _text[_lexer.Start] == text[0],
            _ => false,
        };

    /// <summary>Consumes <paramref name="text"/> if it is next.</summary>
    public bool TryConsume(string text)
    {
        if (_lexer.Kind is not (TokenKind.Punctuation or TokenKind.Identifier) || !Peek(text))
        {
            return false;
        }

        if (text == "::")
        {
            _lexer.Next();
        }

        _lexer.Next();
        return true;
    }

    /// <summary>Consumes <paramref name="text"/>, which must be next.</summary>
    public void Expect(string text)
    {
        if (!TryConsume(text))
        {
            throw FailExpected($"'{text}'");
        }
    }

    /// <summary>Whether any keyword is next.</summary>
    public bool PeekKeyword() => _lexer.Kind == TokenKind.Identifier;

    /// <summary>Consumes a keyword.</summary>
    public string ParseKeyword() => TryParseKeyword(out var keyword) ? keyword : throw FailExpected("a keyword");

    /// <summary>Consumes a keyword if one is next.</summary>
    public bool TryParseKeyword([NotNullWhen(true)] out string? keyword)
    {
        if (_lexer.Kind != TokenKind.Identifier)
        {
            keyword = null;
            return false;
        }

        keyword = _names.Get(_lexer.Span);
        _lexer.Next();
        return true;
    }

    /// <summary>Consumes a keyword or a string between quotes.</summary>
    public string ParseKeywordOrString() =>
        TryParseKeyword(out var keyword) ? keyword
        : TryParseString(out var text) ? text
        : throw FailExpected("a keyword or a string");

    /// <summary>Consumes an integer, with a minus sign or not.</summary>
    public long ParseInteger() => TryParseInteger(out var value) ? value : throw FailExpected("an integer");

    /// <summary>Consumes an integer if one is next.</summary>
    public bool TryParseInteger(out long value)
    {
        var start = _lexer.Start;
        var negative = false;
        if (IsPunctuation('-'))
        {
            // Only a minus sign that belongs to an integer is taken.
            _lexer.Next();
            if (_lexer.Kind != TokenKind.Integer)
            {
                _lexer.Reset(start);
                value = 0;
                return false;
            }

            negative = true;
        }
        else if (_lexer.Kind != TokenKind.Integer)
        {
            value = 0;
            return false;
        }

        if (
            !TryReadMagnitude(_lexer.Span, out var magnitude)
            || magnitude > (UInt128)long.MaxValue + (negative ? 1u : 0u)
        )
        {
            throw Fail(ParserErrors.OutOfRange, start, "64 bits");
        }

        _lexer.Next();
        value = unchecked(negative ? -(long)(ulong)magnitude : (long)(ulong)magnitude);
        return true;
    }

    private static bool TryReadMagnitude(ReadOnlySpan<char> token, out UInt128 magnitude)
    {
        if (token.Length > 1 && token[1] == 'x')
        {
            var digits = token[2..].TrimStart('0');
            magnitude = 0;
            return digits.Length <= 32
                && (
                    digits.IsEmpty
                    || UInt128.TryParse(
                        digits,
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out magnitude
                    )
                );
        }

        if (token.Length <= 18)
        {
            ulong small = 0;
            foreach (var c in token)
            {
                small = small * 10 + (uint)(c - '0');
            }

            magnitude = small;
            return true;
        }

        var significant = token.TrimStart('0');
        magnitude = 0;
        return significant.Length <= 39
            && (
                significant.IsEmpty
                || UInt128.TryParse(significant, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude)
            );
    }

    /// <summary>Consumes a number with a point, <c>-1.5e3</c>, or an integer.</summary>
    public double ParseFloat()
    {
        var negative = TryPunctuation('-');
        if (
            _lexer.Kind is not (TokenKind.Float or TokenKind.Integer)
            || !double.TryParse(_lexer.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        )
        {
            throw FailExpected("a number");
        }

        _lexer.Next();
        return negative ? -value : value;
    }

    /// <summary>Consumes a string between quotes and returns what it means.</summary>
    public string ParseString() => TryParseString(out var value) ? value : throw FailExpected("a string");

    /// <summary>Consumes a string if one is next.</summary>
    public bool TryParseString([NotNullWhen(true)] out string? value)
    {
        if (_lexer.Kind != TokenKind.String)
        {
            value = null;
            return false;
        }

        value = Unescape(_lexer.Span[1..^1]);
        _lexer.Next();
        return true;
    }

    private string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return text.Length < 64 ? _names.Get(text) : text.ToString();
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var c = text[++i];
            switch (c)
            {
                case '"' or '\\':
                    result.Append(c);
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                default:
                    result.Append((char)((HexDigit(c) << 4) | HexDigit(text[++i])));
                    break;
            }
        }

        return result.ToString();
    }

    private static int HexDigit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>Consumes <c>@name</c> and returns the name.</summary>
    public string ParseSymbolName() =>
        TryParseSymbolName(out var name) ? name : throw FailExpected("a symbol name '@…'");

    /// <summary>Consumes <c>@name</c> if it is next.</summary>
    public bool TryParseSymbolName([NotNullWhen(true)] out string? name)
    {
        if (_lexer.Kind != TokenKind.Symbol)
        {
            name = null;
            return false;
        }

        var span = _lexer.Span[1..];
        name = span[0] == '"' ? Unescape(span[1..^1]) : _names.Get(span);
        _lexer.Next();
        return true;
    }

    /// <summary>Consumes a keyword of the enumeration, or several with commas between them when it has flags.</summary>
    public T ParseEnum<T>()
        where T : struct, Enum
    {
        var value = ParseEnumCase<T>();
        while (EnumKeywords<T>.AllowsSeveral && IsPunctuation(','))
        {
            _lexer.Next();
            value = EnumKeywords<T>.Combine(value, ParseEnumCase<T>());
        }

        return value;
    }

    private T ParseEnumCase<T>()
        where T : struct, Enum
    {
        if (_lexer.Kind is TokenKind.Identifier or TokenKind.String or TokenKind.Integer)
        {
            var keyword = _lexer.Kind == TokenKind.String ? Unescape(_lexer.Span[1..^1]) : _names.Get(_lexer.Span);
            if (EnumKeywords<T>.TryParse(keyword, out var value))
            {
                _lexer.Next();
                return value;
            }
        }

        throw FailExpected($"one of {string.Join(", ", EnumKeywords<T>.Keywords)}");
    }

    /// <summary>Refuses a list of <paramref name="count"/> parts that is about to grow beyond <see cref="ParserOptions.MaxListLength"/>.</summary>
    public void CheckCount(int count, string what)
    {
        if (count >= _options.MaxListLength)
        {
            throw Fail(ParserErrors.TooMuch, _lexer.Start, $"the number of {what} is", _options.MaxListLength);
        }
    }

    /// <summary>Counts a level of nested types, attributes, affine expressions or locations.</summary>
    private void EnterValue(string what)
    {
        if (++_valueDepth > _options.MaxValueDepth)
        {
            throw Fail(ParserErrors.TooDeep, _lexer.Start, what, _options.MaxValueDepth);
        }

        _deepest = Math.Max(_deepest, _valueDepth);
    }
}
