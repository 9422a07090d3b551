using System.Diagnostics.CodeAnalysis;

namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    /// <summary>Consumes an attribute.</summary>
    /// <param name="type">The type of a number, when the text does not spell it.</param>
    public IrAttribute ParseAttribute(IrType? type = null) =>
        TryParseAttribute(out var attribute, type) ? attribute : throw FailExpected("an attribute value");

    /// <summary>Consumes an attribute, which must be a <typeparamref name="T"/>.</summary>
    public T ParseAttribute<T>(IrType? type = null)
        where T : IrAttribute
    {
        var start = _lexer.Start;
        var attribute = ParseAttribute(type);
        return attribute as T
            ?? throw FailInvalid(
                $"invalid kind of attribute specified: expected {DescribeKind(typeof(T))}, got '{attribute}'",
                start
            );
    }

    /// <summary>Consumes an attribute if one is next.</summary>
    public bool TryParseAttribute([NotNullWhen(true)] out IrAttribute? attribute, IrType? type = null)
    {
        switch (_lexer.Kind)
        {
            case TokenKind.Integer:
                attribute = ParseIntegerLiteral(type, negative: false, _lexer.Start);
                return true;
            case TokenKind.Float:
                attribute = ParseFloatLiteral(type, negative: false, _lexer.Start);
                return true;
            case TokenKind.String:
                attribute = ParseStringAttribute(type);
                return true;
            case TokenKind.Symbol:
                attribute = ParseSymbolReference();
                return true;
            case TokenKind.Hash:
                attribute = Nested(() => ParseDialectAttributeOrAlias());
                return true;
            case TokenKind.Punctuation when IsPunctuation('-'):
                attribute = ParseNegativeNumber(type);
                return true;
            case TokenKind.Punctuation when IsPunctuation('['):
                attribute = Nested(ParseArray);
                return true;
            case TokenKind.Punctuation when IsPunctuation('{'):
                attribute = Nested(ParseDictionary);
                return true;
            case TokenKind.Identifier:
                attribute = TryParseKeywordAttribute(type);
                if (attribute is not null)
                {
                    return true;
                }

                break;
        }

        // A type is an attribute too.
        if (TryParseType(out var value))
        {
            attribute = TypeAttr.Get(value);
            return true;
        }

        attribute = null;
        return false;
    }

    private IrAttribute? TryParseKeywordAttribute(IrType? type)
    {
        switch (_lexer.Span)
        {
            case "true":
                _lexer.Next();
                return IntegerAttr.True;
            case "false":
                _lexer.Next();
                return IntegerAttr.False;
            case "unit":
                _lexer.Next();
                return UnitAttr.Instance;
            case "dense":
                return ParseDense(type);
            case "array":
                return ParseDenseArray();
            case "affine_map":
                return ParseAffineMapAttribute();
            case "affine_set":
                return ParseIntegerSet();
            case "strided":
                return ParseStridedLayout();
            case "loc":
                return LocationAttr.Get(ParseLocation());
            case "dense_resource" or "distinct" or "sparse":
                throw Fail(ParserErrors.Unsupported, _lexer.Start, $"the attribute '{_lexer.Span}<…>'");
            default:
                return null;
        }
    }

    private StringAttr ParseStringAttribute(IrType? type)
    {
        var attribute = StringAttr.Get(ParseString());
        if (type is null && IsPunctuation(':'))
        {
            var at = _lexer.Start;
            _lexer.Next();
            if (ParseType() is not NoneType)
            {
                throw Fail(ParserErrors.Unsupported, at, "a string attribute with a type");
            }
        }

        return attribute;
    }

    private SymbolRefAttr ParseSymbolReference()
    {
        var root = ParseSymbolName();
        if (!Peek("::"))
        {
            return SymbolRefAttr.Get(root);
        }

        var path = new List<string> { root };
        while (TryConsume("::"))
        {
            CheckCount(path.Count, "names of a symbol");
            path.Add(ParseSymbolName());
        }

        return SymbolRefAttr.Get([.. path]);
    }

    private TypedAttr ParseNegativeNumber(IrType? type)
    {
        var start = _lexer.Start;
        _lexer.Next();
        return _lexer.Kind switch
        {
            TokenKind.Integer => ParseIntegerLiteral(type, negative: true, start),
            TokenKind.Float => ParseFloatLiteral(type, negative: true, start),
            _ => throw FailExpected("a number after '-'"),
        };
    }

    private TypedAttr ParseIntegerLiteral(IrType? type, bool negative, int start)
    {
        var (from, to) = (_lexer.Start, _lexer.End);
        _lexer.Next();
        type ??= TryPunctuation(':') ? ParseType() : IntegerType.I64;
        return type is FloatType format
            ? FloatAttr.FromBits(format, FloatBitsOfInteger(format, from, to, negative, start))
            : IntegerAttr.Get(type, IntegerOf(type, from, to, negative, start));
    }

    private UInt128 FloatBitsOfInteger(FloatType format, int from, int to, bool negative, int start)
    {
        var token = _text.AsSpan(from, to - from);
        if (token is not ['0', 'x', ..])
        {
            throw FailInvalid(
                "unexpected decimal integer literal for a floating point value; add a trailing dot to make the literal a float",
                start
            );
        }

        if (negative)
        {
            throw FailInvalid("hexadecimal float literal should not have a leading minus", start);
        }

        if (!TryReadMagnitude(token, out var bits) || (format.Width < 128 && bits >> format.Width != 0))
        {
            throw FailInvalid("hexadecimal float constant out of range for type", start);
        }

        return bits;
    }

    private Int128 IntegerOf(IrType type, int from, int to, bool negative, int start)
    {
        var (width, signedness) = type switch
        {
            IndexType => (64, Signedness.Signed),
            IntegerType i => (i.Width, i.Signedness),
            _ => throw FailInvalid($"integer literal not valid for specified type '{type}'", start),
        };
        if (width > 128)
        {
            throw Fail(ParserErrors.Unsupported, start, $"an integer constant of more than 128 bits ('{type}')");
        }

        if (negative && signedness == Signedness.Unsigned)
        {
            throw FailInvalid("negative integer literal not valid for unsigned integer type", start);
        }

        // Signless integers take what fits as signed or as unsigned: i8 goes from -128 to 255.
        var most =
            width == 0 ? 0
            : negative ? UInt128.One << (width - 1)
            : signedness == Signedness.Signed ? (UInt128.One << (width - 1)) - 1
            : width == 128 ? UInt128.MaxValue
            : (UInt128.One << width) - 1;
        if (!TryReadMagnitude(_text.AsSpan(from, to - from), out var magnitude) || magnitude > most)
        {
            throw Fail(ParserErrors.OutOfRange, start, $"'{type}'");
        }

        return unchecked(negative ? -(Int128)magnitude : (Int128)magnitude);
    }

    private FloatAttr ParseFloatLiteral(IrType? type, bool negative, int start)
    {
        var (from, to) = (_lexer.Start, _lexer.End);
        _lexer.Next();
        type ??= TryPunctuation(':') ? ParseType() : FloatType.F64;
        if (type is not FloatType format)
        {
            throw FailInvalid($"floating point value not valid for specified type '{type}'", start);
        }

        return FloatAttr.FromBits(format, FloatBits(format, from, to, negative));
    }

    private UInt128 FloatBits(FloatType format, int from, int to, bool negative) =>
        FloatText.Parse(format, _text.AsSpan(from, to - from), negative);

    private ArrayAttr ParseArray()
    {
        _lexer.Next();
        var items = new List<IrAttribute>();
        if (!TryPunctuation(']'))
        {
            do
            {
                CheckCount(items.Count, "attributes in a list");
                items.Add(ParseAttribute());
            } while (TryPunctuation(','));
            ExpectPunctuation(']');
        }

        return ArrayAttr.Get([.. items]);
    }

    private DictionaryAttr ParseDictionary()
    {
        var items = new List<NamedAttribute>();
        ParseNamedAttributes(items);
        return DictionaryAttr.Get([.. items]);
    }

    /// <summary>Consumes <c>{a = 1, b}</c> if it is next; the empty dictionary otherwise.</summary>
    public DictionaryAttr ParseOptionalDictionary() =>
        IsPunctuation('{') ? Nested(ParseDictionary) : DictionaryAttr.Empty;

    /// <summary>Consumes <c>{a = 1, b}</c> if it is next and adds the attributes to <paramref name="state"/>.</summary>
    public void ParseOptionalAttrDict(OperationState state)
    {
        if (IsPunctuation('{'))
        {
            ParseNamedAttributes(state.Attributes);
        }
    }

    /// <summary>Consumes <c>attributes {a = 1, b}</c> if it is next and adds the attributes to <paramref name="state"/>.</summary>
    public void ParseOptionalAttrDictWithKeyword(OperationState state)
    {
        if (TryConsume("attributes"))
        {
            ParseNamedAttributes(state.Attributes);
        }
    }

    private void ParseNamedAttributes(List<NamedAttribute> target)
    {
        ExpectPunctuation('{');
        if (TryPunctuation('}'))
        {
            return;
        }

        var first = target.Count;
        HashSet<string>? seen = null;
        do
        {
            var at = _lexer.Start;
            var name = _lexer.Kind switch
            {
                TokenKind.Identifier => _names.Get(_lexer.Span),
                TokenKind.String => Unescape(_lexer.Span[1..^1]),
                _ => throw FailExpected("attribute name"),
            };
            if (name.Length == 0)
            {
                throw FailInvalid("expected valid attribute name", at);
            }

            _lexer.Next();
            if (!IsNewName(target, first, name, ref seen))
            {
                throw FailInvalid($"duplicate key '{name}' in dictionary attribute", at);
            }

            var value = TryPunctuation('=') ? ParseAttribute() : UnitAttr.Instance;
            CheckCount(target.Count - first, "attributes of a dictionary");
            target.Add(new NamedAttribute(name, value));
        } while (TryPunctuation(','));
        ExpectPunctuation('}');
    }

    private static bool IsNewName(List<NamedAttribute> items, int first, string name, ref HashSet<string>? seen)
    {
        // Dictionaries are short as a rule; a long one must not cost quadratic time.
        if (seen is not null)
        {
            return seen.Add(name);
        }

        for (var i = first; i < items.Count; i++)
        {
            if (items[i].Name == name)
            {
                return false;
            }
        }

        if (items.Count - first == 16)
        {
            seen = [.. items.Skip(first).Select(i => i.Name), name];
        }

        return true;
    }

    private DenseArrayAttr ParseDenseArray()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var at = _lexer.Start;
        var type = ParseType();
        if (
            type
            is not (
                IntegerType { Width: 1 or 8 or 16 or 32 or 64, Signedness: Signedness.Signless }
                or FloatType { Name: "f32" or "f64" }
            )
        )
        {
            throw FailInvalid(
                $"unsupported element type for an array: '{type}'; it takes i1, i8, i16, i32, i64, f32, f64",
                at
            );
        }

        var values = new List<long>();
        if (TryPunctuation(':'))
        {
            do
            {
                CheckCount(values.Count, "numbers of an array");
                values.Add(ParseDenseArrayElement(type));
            } while (TryPunctuation(','));
        }

        ExpectPunctuation('>');
        return DenseArrayAttr.Get(type, [.. values]);
    }

    private long ParseDenseArrayElement(IrType type)
    {
        if (type is IntegerType { Width: 1 })
        {
            if (TryConsume("true"))
            {
                return 1;
            }

            if (TryConsume("false"))
            {
                return 0;
            }
        }

        var start = _lexer.Start;
        var negative = TryPunctuation('-');
        var (from, to, kind) = (_lexer.Start, _lexer.End, _lexer.Kind);
        switch (kind, type)
        {
            case (TokenKind.Integer, FloatType format):
                _lexer.Next();
                return (long)(ulong)FloatBitsOfInteger(format, from, to, negative, start);
            case (TokenKind.Integer, _):
                _lexer.Next();
                return (long)IntegerAttr.Wrap(type, IntegerOf(type, from, to, negative, start));
            case (TokenKind.Float, FloatType format):
                _lexer.Next();
                return (long)(ulong)FloatBits(format, from, to, negative);
            default:
                throw FailExpected(type is FloatType ? "a float" : "an integer");
        }
    }

    private AffineMapAttr ParseAffineMapAttribute()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var map = ParseAffineMap();
        ExpectPunctuation('>');
        return AffineMapAttr.Get(map);
    }

    private IntegerSetAttr ParseIntegerSet()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var start = _lexer.Start;
        var names = ParseAffineNames();
        ExpectPunctuation(':');
        ExpectPunctuation('(');
        if (!TryPunctuation(')'))
        {
            do
            {
                ParseConstraint(names);
            } while (TryPunctuation(','));
            ExpectPunctuation(')');
        }

        var end = _lexer.Start;
        ExpectPunctuation('>');
        return IntegerSetAttr.Get(NormalizeSpaces(start, end));
    }

    private void ParseConstraint(AffineNames names)
    {
        _affineOperators = 0;
        ParseAffineSum(names);

        // >= and <= and == are two tokens each.
        var first = IsPunctuation('>') || IsPunctuation('<') || IsPunctuation('=');
        var adjacent = first && _lexer.End < _text.Length && _text[_lexer.End] == '=';
        if (!adjacent)
        {
            throw FailExpected("'>=', '<=' or '=='");
        }

        _lexer.Next();
        _lexer.Next();
        ParseAffineSum(names);
    }

    /// <summary>The tokens between two positions with the same space between them, however the text was written.</summary>
    private string NormalizeSpaces(int start, int end)
    {
        var text = new System.Text.StringBuilder();
        var scan = new Lexer(_text, _source);
        scan.Reset(start);
        var previousEnd = start;
        while (scan.Start < end)
        {
            if (scan.Start > previousEnd)
            {
                text.Append(' ');
            }

            text.Append(scan.Span);
            previousEnd = scan.End;
            scan.Next();
        }

        return text.ToString();
    }

    private StridedLayoutAttr ParseStridedLayout()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        ExpectPunctuation('[');
        var strides = new List<long>();
        if (!TryPunctuation(']'))
        {
            do
            {
                CheckRank(strides.Count);
                strides.Add(ParseStride("stride"));
            } while (TryPunctuation(','));
            ExpectPunctuation(']');
        }

        var offset = 0L;
        if (TryPunctuation(','))
        {
            Expect("offset");
            ExpectPunctuation(':');
            offset = ParseStride("offset");
        }

        ExpectPunctuation('>');
        return StridedLayoutAttr.Get(offset, [.. strides]);
    }

    private long ParseStride(string what)
    {
        if (TryPunctuation('?'))
        {
            return ShapedType.Dynamic;
        }

        return TryParseInteger(out var value) ? value : throw FailExpected($"a {what}: an integer or '?'");
    }

    private IrAttribute ParseDialectAttributeOrAlias()
    {
        var start = _lexer.Start;
        var name = _lexer.Span[1..];
        var dot = name.IndexOf('.');
        var hasBody = _lexer.End < _text.Length && _text[_lexer.End] == '<';
        if (dot < 0 && !hasBody)
        {
            if (!_attributeAliases.TryGetValue(_names.Get(name), out var alias))
            {
                throw Fail(ParserErrors.UndefinedAlias, start, name.ToString());
            }

            _lexer.Next();
            return Expand(alias, start);
        }

        var dialectName = _names.Get(dot < 0 ? name : name[..dot]);
        if (Dialects.Find(dialectName) is { } dialect)
        {
            var mnemonic = _names.Get(dot < 0 ? "" : name[(dot + 1)..]);
            _lexer.Next();
            if (dot >= 0)
            {
                if (dialect.ParseAttribute(this, mnemonic) is { } attribute)
                {
                    return attribute;
                }
            }
            else
            {
                ExpectPunctuation('<');
                mnemonic = ParseKeyword();
                if (dialect.ParseEnclosedAttribute(this, mnemonic) is { } attribute)
                {
                    ExpectPunctuation('>');
                    return attribute;
                }
            }

            throw Fail(ParserErrors.UnknownSymbol, start, "attribute", mnemonic, dialectName);
        }

        if (!_options.AllowUnregistered)
        {
            throw Fail(ParserErrors.UnregisteredSymbol, start, $"attribute '{_lexer.Span}'", dialectName);
        }

        return OpaqueAttr.Get(dialectName, ScanDialectBody(dialectName));
    }
}
