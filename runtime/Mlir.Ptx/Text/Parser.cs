using System.Globalization;

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
                Skip();
                _ = TakeInteger();
                _ = Take(TokenKind.String, "a file name in quotes");
                while (TryMark(','))
                {
                    _ = TakeInteger();
                }

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

    private List<Variable> ParseVariables(bool isExternal)
    {
        var space = Text(token) switch
        {
            ".global" => StateSpace.Global,
            ".const" => StateSpace.Constant,
            ".shared" => StateSpace.Shared,
            ".local" => StateSpace.Local,
            _ => StateSpace.Parameter,
        };
        Skip();
        var alignment = 0;
        if (TryWord(".align"))
        {
            alignment = TakeAlignment();
        }

        var (type, lanes) = TakeVariableType();
        var variables = new List<Variable>();
        do
        {
            variables.Add(ParseDeclarator(space, type, lanes, alignment, isExternal));
        } while (TryMark(','));
        TakeMark(';');
        return variables;
    }

    private (PtxType Type, int Lanes) TakeVariableType()
    {
        var lanes =
            TryWord(".v2") ? 2
            : TryWord(".v4") ? 4
            : 1;
        var position = token.Position;
        var type = TakeType();
        return type is PtxType.Pred or PtxType.F16x2 or PtxType.BF16x2 or PtxType.TF32
            ? throw Error(position, $"a variable cannot be of type .{type.Name}")
            : (type, lanes);
    }

    private Variable ParseDeclarator(StateSpace space, PtxType type, int lanes, int alignment, bool isExternal)
    {
        var position = token.Position;
        var name = TakeName("the variable's name");
        var element = type.Bytes * lanes;
        long bytes = element;
        var isDynamic = false;
        while (TryMark('['))
        {
            if (TryMark(']'))
            {
                isDynamic = true;
                continue;
            }

            bytes *= (long)Math.Min(TakeInteger(), MaxVariableBytes + 1UL);
            if (bytes > MaxVariableBytes)
            {
                throw Error(position, $"'{name}' is larger than {MaxVariableBytes} bytes, the most for a variable");
            }

            TakeMark(']');
        }

        isDynamic &= isExternal && space == StateSpace.Shared;
        if (isExternal && !isDynamic)
        {
            throw Error(position, $"'{name}' is defined elsewhere, and modules are not linked: define it in this one");
        }

        var initial = new InitialValue(isDynamic ? 0 : (int)bytes);
        if (TryMark('='))
        {
            if (space is not (StateSpace.Global or StateSpace.Constant))
            {
                throw Error(token.Position, "only .global and .const variables have first values");
            }

            ParseInitial(initial, type);
        }

        var variable = new Variable(
            position,
            name,
            space,
            isDynamic ? 0 : (int)bytes,
            Math.Max(alignment, element),
            isDynamic,
            false
        )
        {
            Initial = initial.ToArray(),
            Addresses = initial.Addresses,
        };
        Declare(position, name, variable);
        return variable;
    }

    private void ParseInitial(InitialValue initial, PtxType type)
    {
        if (TryMark('{'))
        {
            Nest();
            while (!AtMark('}'))
            {
                ParseInitial(initial, type);
                if (!TryMark(','))
                {
                    break;
                }
            }

            TakeMark('}');
            depth--;
            return;
        }

        var position = token.Position;
        var isGeneric = token.Kind == TokenKind.Name && Text(token).SequenceEqual("generic");
        if (isGeneric)
        {
            Skip();
            TakeMark('(');
        }

        var value = ParseOperand();
        if (isGeneric)
        {
            TakeMark(')');
            if (value is NameSyntax named && TryMark('+'))
            {
                value = named with { Offset = named.Offset + ParseOffset() };
            }
        }

        var isFit = value switch
        {
            IntegerSyntax integer => initial.TryAdd(integer.Value, type.Bytes),
            FloatSyntax literal => initial.TryAdd(Literals.Bits(literal, type), type.Bytes),
            NameSyntax target when type.Bytes == 8 => initial.TryAdd(target),
            _ => throw Error(position, "a first value is a number or, in eight bytes, an address"),
        };
        if (!isFit)
        {
            throw Error(position, "there are more first values than elements");
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

    /// <summary>The names declared between two braces.</summary>
    private sealed class Scope(Scope? parent)
    {
        private readonly Dictionary<string, object> names = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (PtxType Type, int Count)> ranges = new(StringComparer.Ordinal);

        public Scope? Parent => parent;

        public bool TryAdd(string name, object what) => names.TryAdd(name, what);

        public bool TryAddRange(string prefix, PtxType type, int count) => ranges.TryAdd(prefix, (type, count));

        public object? Find(string name)
        {
            for (var at = this; at is not null; at = at.Parent)
            {
                if (at.names.TryGetValue(name, out var found) || at.FindInRange(name, out found))
                {
                    return found;
                }
            }

            return null;
        }

        // Registers declared as %r<20> come into being when they are first named.
        private bool FindInRange(string name, out object? found)
        {
            found = null;
            var end = name.AsSpan().TrimEnd("0123456789").Length;
            var digits = name.AsSpan(end);
            if (
                digits.Length is 0 or > 10
                || (digits.Length > 1 && digits[0] == '0')
                || !ranges.TryGetValue(name[..end], out var range)
                || long.Parse(digits, CultureInfo.InvariantCulture) >= range.Count
            )
            {
                return false;
            }

            found = names[name] = new Register(name, range.Type);
            return true;
        }
    }
}
