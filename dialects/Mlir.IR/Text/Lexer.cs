using System.Buffers;

namespace Mlir.IR.Text;

/// <summary>Cuts a text into tokens; a token is a kind and a range of the text.</summary>
internal struct Lexer(string text, SourceMap source, int maxName = int.MaxValue, int maxString = int.MaxValue)
{
    private static readonly SearchValues<char> IdentifierChars = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$."
    );

    private static readonly SearchValues<char> SuffixChars = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$.-"
    );

    private readonly string _text = text;

    /// <summary>The kind of the token at hand.</summary>
    public TokenKind Kind;

    /// <summary>Where the token at hand starts.</summary>
    public int Start;

    /// <summary>Where the token at hand ends; the next one starts here or later.</summary>
    public int End;

    /// <summary>The text of the token at hand.</summary>
    public readonly ReadOnlySpan<char> Span => _text.AsSpan(Start, End - Start);

    /// <summary>Makes the token that starts at or after <paramref name="position"/> the one at hand.</summary>
    public void Reset(int position)
    {
        End = position;
        Next();
    }

    /// <summary>Goes to the next token.</summary>
    public void Next()
    {
        var text = _text;
        var i = End;
        while (true)
        {
            if (i >= text.Length)
            {
                (Kind, Start, End) = (TokenKind.End, text.Length, text.Length);
                return;
            }

            var c = text[i];
            if (c is ' ' or '\n' or '\t' or '\r')
            {
                i++;
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                var end = text.IndexOf('\n', i);
                i = end < 0 ? text.Length : end + 1;
            }
            else
            {
                Start = i;
                Take(c, i);
                if (End - Start > maxName || End - Start > maxString)
                {
                    CheckLength();
                }

                return;
            }
        }
    }

    private readonly void CheckLength()
    {
        var isString = Kind == TokenKind.String || (Kind == TokenKind.Symbol && _text[Start + 1] == '"');
        var limit = isString ? maxString : maxName;
        if (End - Start > limit)
        {
            throw new AsmParseException(
                ParserErrors.TooMuch.At(
                    source.LocationAt(Start),
                    $"{(isString ? "a string" : "a name or number")} of {End - Start} characters is",
                    limit
                )
            );
        }
    }

    private void Take(char c, int i)
    {
        switch (c)
        {
            case '%':
                Kind = TokenKind.Percent;
                End = Suffix(i + 1, "SSA name");
                return;
            case '^':
                Kind = TokenKind.Caret;
                End = Suffix(i + 1, "block name");
                return;
            case '#':
                if (Follows(i, "#-}"))
                {
                    Kind = TokenKind.Punctuation;
                    End = i + 3;
                    return;
                }

                Kind = TokenKind.Hash;
                End = Suffix(i + 1, "attribute name");
                return;
            case '!':
                Kind = TokenKind.Exclamation;
                End = Suffix(i + 1, "type identifier");
                return;
            case '@':
                TakeSymbol(i);
                return;
            case '"':
                Kind = TokenKind.String;
                End = StringEnd(i);
                return;
            case >= '0' and <= '9':
                TakeNumber(i);
                return;
            case '-' when Follows(i, "->"):
                Kind = TokenKind.Punctuation;
                End = i + 2;
                return;
            case '.' when Follows(i, "..."):
            case '{' when Follows(i, "{-#"):
                Kind = TokenKind.Punctuation;
                End = i + 3;
                return;
            case '('
            or ')'
            or '['
            or ']'
            or '{'
            or '}'
            or '<'
            or '>'
            or ':'
            or ','
            or '='
            or '?'
            or '*'
            or '+'
            or '-'
            or '/'
            or '|':
                Kind = TokenKind.Punctuation;
                End = i + 1;
                return;
            default:
                if (char.IsAsciiLetter(c) || c == '_')
                {
                    Kind = TokenKind.Identifier;
                    End = EndOf(i + 1, IdentifierChars);
                    return;
                }

                throw new AsmParseException(
                    ParserErrors.UnexpectedCharacter.At(
                        source.LocationAt(i),
                        c is > ' ' and < (char)127 ? $"'{c}'" : $"U+{(int)c:X4}"
                    )
                );
        }
    }

    private readonly int EndOf(int from, SearchValues<char> set)
    {
        var length = _text.AsSpan(from).IndexOfAnyExcept(set);
        return length < 0 ? _text.Length : from + length;
    }

    private readonly bool Follows(int at, string expected) =>
        _text.AsSpan(at).StartsWith(expected, StringComparison.Ordinal);

    private readonly int Suffix(int from, string what)
    {
        if (from < _text.Length)
        {
            var c = _text[from];
            if (char.IsAsciiDigit(c))
            {
                var i = from + 1;
                while (i < _text.Length && char.IsAsciiDigit(_text[i]))
                {
                    i++;
                }

                return i;
            }

            if (char.IsAsciiLetter(c) || c is '_' or '$' or '.' or '-')
            {
                return EndOf(from + 1, SuffixChars);
            }
        }

        throw new AsmParseException(ParserErrors.InvalidIdentifier.At(source.LocationAt(from - 1), what));
    }

    private void TakeSymbol(int i)
    {
        Kind = TokenKind.Symbol;
        var c = i + 1 < _text.Length ? _text[i + 1] : '\0';
        if (c == '"')
        {
            End = StringEnd(i + 1);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            End = EndOf(i + 2, IdentifierChars);
        }
        else
        {
            throw new AsmParseException(
                ParserErrors.InvalidIdentifier.At(
                    source.LocationAt(i),
                    "symbol: '@' needs a letter, '_' or a string after it"
                )
            );
        }
    }

    private void TakeNumber(int i)
    {
        var text = _text;
        Kind = TokenKind.Integer;
        if (text[i] == '0' && i + 1 < text.Length && text[i + 1] == 'x')
        {
            // In 0xi32 the x separates dimensions.
            var end = i + 2;
            while (end < text.Length && char.IsAsciiHexDigit(text[end]))
            {
                end++;
            }

            End = end == i + 2 ? i + 1 : end;
            return;
        }

        var j = SkipDigits(i + 1);
        if (j < text.Length && text[j] == '.')
        {
            Kind = TokenKind.Float;
            j = SkipDigits(j + 1);
            if (j < text.Length && text[j] is 'e' or 'E')
            {
                var digits = j + 1 < text.Length && text[j + 1] is '+' or '-' ? j + 2 : j + 1;
                if (digits < text.Length && char.IsAsciiDigit(text[digits]))
                {
                    j = SkipDigits(digits);
                }
            }
        }

        End = j;
    }

    private readonly int SkipDigits(int i)
    {
        while (i < _text.Length && char.IsAsciiDigit(_text[i]))
        {
            i++;
        }

        return i;
    }

    private readonly int StringEnd(int quote)
    {
        for (var i = quote + 1; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '"':
                    return i + 1;
                case '\n' or '\v' or '\f':
                    throw new AsmParseException(ParserErrors.UnterminatedString.At(source.LocationAt(quote)));
                case '\\':
                    var next = i + 1 < _text.Length ? _text[i + 1] : '\0';
                    if (next is '"' or '\\' or 'n' or 't')
                    {
                        i++;
                    }
                    else if (char.IsAsciiHexDigit(next) && i + 2 < _text.Length && char.IsAsciiHexDigit(_text[i + 2]))
                    {
                        i += 2;
                    }
                    else
                    {
                        throw new AsmParseException(ParserErrors.UnknownEscape.At(source.LocationAt(i)));
                    }

                    break;
            }
        }

        throw new AsmParseException(ParserErrors.UnterminatedString.At(source.LocationAt(quote)));
    }
}
