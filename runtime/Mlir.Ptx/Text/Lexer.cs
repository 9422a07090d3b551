namespace Mlir.Ptx.Text;

/// <summary>Cuts PTX text into tokens; never looks back.</summary>
internal ref struct Lexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int offset;
    private int line = 1;
    private int lineStart;

    public Token Next()
    {
        SkipBlanks();
        var start = offset;
        var position = new TextPosition(line, start - lineStart + 1);
        if (start == text.Length)
        {
            return new(TokenKind.End, start, 0, position);
        }

        var kind = Scan(text[start], position);
        return new(kind, start, offset - start, position);
    }

    private TokenKind Scan(char first, TextPosition position)
    {
        offset++;
        if (first == '.' && offset < text.Length && IsWord(text[offset]))
        {
            while (offset < text.Length && (IsWord(text[offset]) || text[offset..].StartsWith("::")))
            {
                offset += text[offset] == ':' ? 2 : 1;
            }

            return TokenKind.Dotted;
        }

        if (char.IsAsciiLetter(first) || first is '_' or '$' or '%')
        {
            SkipWord();
            return TokenKind.Name;
        }

        if (char.IsAsciiDigit(first))
        {
            return ScanNumber();
        }

        if (first == '"')
        {
            while (offset < text.Length && text[offset] is not ('"' or '\n'))
            {
                offset += text[offset] == '\\' && offset + 1 < text.Length ? 2 : 1;
            }

            if (offset >= text.Length || text[offset] != '"')
            {
                throw new PtxParseException(position.Line, position.Column, "the string has no end on its line");
            }

            offset++;
            return TokenKind.String;
        }

        return TokenKind.Mark;
    }

    // 12, 7U, 0x1F, 0b101, 0f3F800000, 0d3FF0000000000000, 1.5e-3
    private TokenKind ScanNumber()
    {
        var start = offset - 1;
        SkipWord();
        var word = text[start..offset];
        if (word is ['0', var prefix, ..] && char.IsAsciiLetter(prefix) && prefix is not ('e' or 'E'))
        {
            return prefix is 'f' or 'F' or 'd' or 'D' ? TokenKind.Float : TokenKind.Integer;
        }

        var isFloat = word.ContainsAny('e', 'E');
        if (offset + 1 < text.Length && text[offset] == '.' && char.IsAsciiDigit(text[offset + 1]))
        {
            offset++;
            SkipWord();
            isFloat = true;
        }

        if (isFloat && text[offset - 1] is 'e' or 'E' && offset < text.Length && text[offset] is '+' or '-')
        {
            offset++;
            SkipWord();
        }

        return isFloat ? TokenKind.Float : TokenKind.Integer;
    }

    private void SkipWord()
    {
        while (offset < text.Length && IsWord(text[offset]))
        {
            offset++;
        }
    }

    private void SkipBlanks()
    {
        while (offset < text.Length)
        {
            var rest = text[offset..];
            if (rest[0] == '\n')
            {
                offset++;
                line++;
                lineStart = offset;
            }
            else if (char.IsWhiteSpace(rest[0]) || rest[0] == '\0')
            {
                offset++;
            }
            else if (rest.StartsWith("//") || rest[0] == '#')
            {
                var end = rest.IndexOf('\n');
                offset = end < 0 ? text.Length : offset + end;
            }
            else if (rest.StartsWith("/*"))
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        var (startLine, startColumn) = (line, offset - lineStart + 1);
        for (offset += 2; offset < text.Length; offset++)
        {
            if (text[offset..].StartsWith("*/"))
            {
                offset += 2;
                return;
            }

            if (text[offset] == '\n')
            {
                line++;
                lineStart = offset + 1;
            }
        }

        throw new PtxParseException(startLine, startColumn, "the comment has no end");
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
}
