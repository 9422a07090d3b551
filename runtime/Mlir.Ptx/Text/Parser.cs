namespace Mlir.Ptx.Text;

/// <summary>Reads PTX text; the module level is here, bodies and instructions in the other part.</summary>
internal ref partial struct Parser
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxTextLength = 64 << 20;

    /// <summary>The largest variable, in bytes.</summary>
    public const int MaxVariableBytes = 1 << 30;

    private const int MaxNesting = 64;

    private readonly ReadOnlySpan<char> text;
    private readonly ModuleSyntax module = new();
    private readonly Scope global = new(null);
    private Lexer lexer;
    private Token token;
    private Scope scope;
    private int depth;
    private FunctionSyntax? function;
    private SourcePlace? source;

    private Parser(ReadOnlySpan<char> text)
    {
        this.text = text;
        scope = global;
        lexer = new(text);
        token = lexer.Next();
    }

    /// <summary>Reads a module.</summary>
    /// <exception cref="PtxParseException">The text is wrong.</exception>
    public static ModuleSyntax Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxTextLength)
        {
            throw new PtxParseException(
                1,
                1,
                $"the text has {text.Length} characters, and {MaxTextLength} are the most"
            );
        }

        var parser = new Parser(text);
        parser.ParseModule();
        return parser.module;
    }

    private void ParseModule()
    {
        if (!At(".version"))
        {
            throw Expected("'.version', with which every PTX module begins");
        }

        while (token.Kind != TokenKind.End)
        {
            ParseModuleItem();
        }
    }

    private void ParseModuleItem()
    {
        switch (Word())
        {
            case ".version":
                Skip();
                module.Version = Text(token).ToString();
                _ = Take(TokenKind.Float, "a version such as 7.0");
                break;
            case ".target":
                Skip();
                module.Target = TakeName("a target such as sm_80");
                while (TryMark(','))
                {
                    _ = TakeName("a target option");
                }

                break;
            case ".address_size":
                var position = Skip();
                module.AddressSize = (int)Math.Min(TakeInteger(), int.MaxValue);
                if (module.AddressSize != 64)
                {
                    throw Error(position, "addresses have 64 bits here; compile for nvptx64");
                }

                break;
            case ".file":
                ParseFile();
                break;
            case ".pragma":
                SkipPragma();
                break;
            case ".section":
                Skip();
                Skip();
                SkipBraces();
                break;
            default:
                ParseLinked();
                break;
        }
    }

    // .file 1 "Program.cs"   or   .file 1 "folder" "Program.cs", 1700000000, 4096
    private void ParseFile()
    {
        Skip();
        var number = TakeInteger();
        var name = Text(token).Trim('"').ToString();
        _ = Take(TokenKind.String, "a file name in quotes");
        if (token.Kind == TokenKind.String)
        {
            name = $"{name}/{Text(token).Trim('"')}";
            Skip();
        }

        module.Files[number] = name;
        while (TryMark(','))
        {
            _ = TakeInteger();
        }
    }

    /// <summary>A function or a variable, with its linkage in front.</summary>
    private void ParseLinked()
    {
        var isExternal = false;
        while (Word() is ".visible" or ".extern" or ".weak" or ".common" or ".internal")
        {
            isExternal |= At(".extern");
            Skip();
        }

        switch (Word())
        {
            case ".entry" or ".func":
                ParseFunction();
                break;
            case ".global" or ".const" or ".shared":
                foreach (var variable in ParseVariables(isExternal))
                {
                    module.Variables.Add(variable);
                }

                break;
            default:
                throw Expected("a function (.entry, .func) or a variable (.global, .const, .shared)");
        }
    }

    private void SkipPragma()
    {
        Skip();
        _ = Take(TokenKind.String, "a pragma in quotes");
        TakeMark(';');
    }

    private void SkipBraces()
    {
        TakeMark('{');
        for (var open = 1; open > 0; Skip())
        {
            if (token.Kind == TokenKind.End)
            {
                throw Expected("'}'");
            }

            open += AtMark('{') ? 1 : 0;
            open -= AtMark('}') ? 1 : 0;
        }
    }

    private void Declare(TextPosition position, string name, object what)
    {
        if (!scope.TryAdd(name, what))
        {
            throw Error(position, $"'{name}' is declared twice");
        }
    }

    private void Nest()
    {
        if (++depth > MaxNesting)
        {
            throw Error(token.Position, $"braces are nested deeper than {MaxNesting}");
        }
    }

    private int TakeAlignment()
    {
        var position = token.Position;
        var value = TakeInteger();
        return value is > 0 and <= 4096 && ulong.IsPow2(value)
            ? (int)value
            : throw Error(position, $"an alignment is a power of two up to 4096, not {value}");
    }

    private PtxType TakeType()
    {
        if (token.Kind == TokenKind.Dotted && PtxTypes.TryParse(Text(token)[1..].ToString(), out var type))
        {
            Skip();
            return type;
        }

        throw Expected("a type such as .b32");
    }

    private ulong TakeInteger()
    {
        var found = token;
        _ = Take(TokenKind.Integer, "an integer");
        return Literals.TryInteger(Text(found), out var value)
            ? value
            : throw Error(found.Position, $"'{Text(found)}' is no integer of 64 bits");
    }

    private string TakeName(string what)
    {
        var name = Text(token).ToString();
        _ = Take(TokenKind.Name, what);
        return name;
    }

    private TextPosition Take(TokenKind kind, string what) => token.Kind == kind ? Skip() : throw Expected(what);

    private void TakeMark(char mark)
    {
        if (!TryMark(mark))
        {
            throw Expected($"'{mark}'");
        }
    }

    private bool TryMark(char mark) => AtMark(mark) && Skip() != default;

    private bool TryWord(string word) => At(word) && Skip() != default;

    private readonly bool AtMark(char mark) => token.Kind == TokenKind.Mark && text[token.Start] == mark;

    private readonly bool At(string word) => token.Kind == TokenKind.Dotted && Text(token).SequenceEqual(word);

    private readonly string Word() => token.Kind == TokenKind.Dotted ? Text(token).ToString() : "";

    private TextPosition Skip()
    {
        var position = token.Position;
        token = lexer.Next();
        return position;
    }

    private readonly ReadOnlySpan<char> Text(Token which) => text.Slice(which.Start, which.Length);

    private readonly PtxParseException Expected(string what)
    {
        var found = Text(token);
        var shown = found.Length > 40 ? string.Concat(found[..40], "…") : found.ToString();
        return Error(
            token.Position,
            token.Kind == TokenKind.End ? $"expected {what}, but the text ends" : $"expected {what}, found '{shown}'"
        );
    }

    private static PtxParseException Error(TextPosition position, string message) =>
        new(position.Line, position.Column, message);
}
