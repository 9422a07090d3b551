using System.Diagnostics.CodeAnalysis;

namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    /// <summary>Consumes a type.</summary>
    public IrType ParseType() => TryParseType(out var type) ? type : throw FailExpected("a type");

    /// <summary>Consumes a type, which must be a <typeparamref name="T"/>.</summary>
    public T ParseType<T>()
        where T : IrType
    {
        var start = _lexer.Start;
        var type = ParseType();
        return type as T
            ?? throw FailInvalid(
                $"invalid kind of type specified: expected {DescribeKind(typeof(T))}, got '{type}'",
                start
            );
    }

    private static string DescribeKind(Type kind)
    {
        var name = kind.Name;
        foreach (var suffix in (ReadOnlySpan<string>)["Type", "Attr"])
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            {
                name = name[..^suffix.Length];
            }
        }

        var kindWord = typeof(IrType).IsAssignableFrom(kind) ? "type" : "attribute";
        return string.Concat("a value of kind ", name.ToLowerInvariant(), " ", kindWord);
    }

    /// <summary>Consumes a type if one is next.</summary>
    public bool TryParseType([NotNullWhen(true)] out IrType? type)
    {
        switch (_lexer.Kind)
        {
            case TokenKind.Identifier:
                type = TryParseBuiltinType();
                return type is not null;
            case TokenKind.Exclamation:
                type = Nested(ParseDialectTypeOrAlias);
                return true;
            case TokenKind.Punctuation when IsPunctuation('('):
                type = Nested(ParseFunctionType);
                return true;
            default:
                type = null;
                return false;
        }
    }

    /// <summary>Runs a recursive step, one level deeper and on a stack that has room for it.</summary>
    private T Nested<T>(Func<T> parse)
    {
        EnterValue("types and attributes");
        T result;
        if (StackGuard.HasRoom)
        {
            result = parse();
        }
        else
        {
            result = default!;
            StackGuard.Continue(() => result = parse());
        }

        _valueDepth--;
        return result;
    }

    private IrType? TryParseBuiltinType()
    {
        var name = _lexer.Span;
        IrType? type;
        switch (name)
        {
            case "i1":
                type = IntegerType.I1;
                break;
            case "i32":
                type = IntegerType.I32;
                break;
            case "i64":
                type = IntegerType.I64;
                break;
            case "f32":
                type = FloatType.F32;
                break;
            case "f64":
                type = FloatType.F64;
                break;
            case "index":
                type = IndexType.Instance;
                break;
            case "none":
                type = NoneType.Instance;
                break;
            case "tensor":
                return Nested(ParseTensorType);
            case "memref":
                return Nested(ParseMemRefType);
            case "vector":
                return Nested(ParseVectorType);
            case "complex":
                return Nested(ParseComplexType);
            case "tuple":
                return Nested(ParseTupleType);
            default:
                type =
                    TryIntegerType(name)
                    ?? (IrType?)(
                        name.Length <= 16 && name[0] is 'f' or 'b' or 't' ? FloatType.TryGet(_names.Get(name)) : null
                    );
                break;
        }

        if (type is not null)
        {
            _lexer.Next();
        }

        return type;
    }

    private IntegerType? TryIntegerType(ReadOnlySpan<char> name)
    {
        var signedness = name switch
        {
            ['s', 'i', ..] => Signedness.Signed,
            ['u', 'i', ..] => Signedness.Unsigned,
            _ => Signedness.Signless,
        };
        var prefix = signedness == Signedness.Signless ? 1 : 2;
        var digits = name.Length > prefix && name[prefix - 1] == 'i' ? name[prefix..] : default;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        if (
            digits.Length > 8
            || int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is var width
                && width > IntegerType.MaxWidth
        )
        {
            throw FailInvalid($"integer bitwidth is limited to {IntegerType.MaxWidth} bits", _lexer.Start);
        }

        return IntegerType.Get(width, signedness);
    }

    /// <summary>Consumes types with commas between them, at least one.</summary>
    public List<IrType> ParseTypeList()
    {
        var types = new List<IrType> { ParseType() };
        while (TryPunctuation(','))
        {
            CheckCount(types.Count, "types in a list");
            types.Add(ParseType());
        }

        return types;
    }

    /// <summary>Consumes types with commas between them, possibly none.</summary>
    public List<IrType> ParseOptionalTypeList()
    {
        var types = new List<IrType>();
        if (TryParseType(out var first))
        {
            types.Add(first);
            while (TryPunctuation(','))
            {
                CheckCount(types.Count, "types in a list");
                types.Add(ParseType());
            }
        }

        return types;
    }

    /// <summary>Consumes what follows <c>-></c>: one type, or any number between parentheses.</summary>
    public List<IrType> ParseArrowTypeList()
    {
        var types = new List<IrType>();
        if (IsPunctuation('('))
        {
            ParseParenthesizedTypes(types);
        }
        else
        {
            types.Add(ParseType());
        }

        return types;
    }

    /// <summary>Consumes <c>-> t</c> or <c>-> (t, t)</c> if an arrow is next; an empty list otherwise.</summary>
    public List<IrType> ParseOptionalArrowTypeList() => TryConsume("->") ? ParseArrowTypeList() : [];

    private void ParseParenthesizedTypes(List<IrType> types)
    {
        ExpectPunctuation('(');
        if (TryPunctuation(')'))
        {
            return;
        }

        do
        {
            CheckCount(types.Count, "types in a list");
            types.Add(ParseType());
        } while (TryPunctuation(','));
        ExpectPunctuation(')');
    }

    /// <summary>Consumes <c>(a, b) -> c</c>.</summary>
    public FunctionType ParseFunctionType()
    {
        var inputs = new List<IrType>();
        ParseParenthesizedTypes(inputs);
        Expect("->");
        return FunctionType.Get([.. inputs], [.. ParseArrowTypeList()]);
    }

    private IrType ParseTupleType()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        if (TryPunctuation('>'))
        {
            return TupleType.Get();
        }

        var types = ParseTypeList();
        ExpectPunctuation('>');
        return TupleType.Get([.. types]);
    }

    private IrType ParseComplexType()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var start = _lexer.Start;
        var element = ParseType();
        if (element is not (FloatType or IntegerType))
        {
            throw FailInvalid($"invalid element type for complex: '{element}'", start);
        }

        ExpectPunctuation('>');
        return ComplexType.Get(element);
    }

    private IrType ParseVectorType()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var shape = new List<long>();
        var scalable = new List<bool>();
        while (_lexer.Kind == TokenKind.Integer || IsPunctuation('['))
        {
            var isScalable = TryPunctuation('[');
            var at = _lexer.Start;
            if (_lexer.Kind != TokenKind.Integer)
            {
                throw FailExpected("a size");
            }

            var size = ParseDimension();
            if (size <= 0)
            {
                throw FailInvalid("vector types must have positive constant sizes", at);
            }

            if (isScalable)
            {
                ExpectPunctuation(']');
            }

            CheckRank(shape.Count);
            shape.Add(size);
            scalable.Add(isScalable);
            ExpectX();
        }

        var start = _lexer.Start;
        var element = ParseType();
        if (element is not (IntegerType or IndexType or FloatType or OpaqueType) && !IsDialectType(element))
        {
            throw FailInvalid($"vector elements must be int/index/float type but got '{element}'", start);
        }

        ExpectPunctuation('>');
        CheckShape(shape, element, start);
        return VectorType.Get([.. shape], element, [.. scalable]);
    }

    private static bool IsDialectType(IrType type) => type.GetType().Assembly != typeof(IrType).Assembly;

    private IrType ParseTensorType()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        if (TryPunctuation('*'))
        {
            ExpectX();
            var unranked = UnrankedTensorType.Get(ParseElementType("tensor"));
            ExpectPunctuation('>');
            return unranked;
        }

        var start = _lexer.Start;
        var shape = ParseDimensions();
        var element = ParseElementType("tensor");
        var encoding = TryPunctuation(',') ? ParseAttribute() : null;
        ExpectPunctuation('>');
        CheckShape(shape, element, start);
        return RankedTensorType.Get(shape, element, encoding);
    }

    private IrType ParseMemRefType()
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var unranked = TryPunctuation('*');
        if (unranked)
        {
            ExpectX();
        }

        var start = _lexer.Start;
        var shape = unranked ? [] : ParseDimensions();
        var element = ParseElementType("memref");
        IrAttribute? layout = null;
        IrAttribute? space = null;
        while (TryPunctuation(','))
        {
            var at = _lexer.Start;
            var attribute = ParseAttribute();
            if (attribute is AffineMapAttr or StridedLayoutAttr)
            {
                if (unranked)
                {
                    throw FailInvalid("cannot have affine map for unranked memref type", at);
                }

                if (layout is not null || space is not null)
                {
                    throw FailInvalid("expected the layout once and before the memory space", at);
                }

                CheckLayout(attribute, shape.Length, at);
                layout = attribute;
            }
            else if (space is not null)
            {
                throw FailInvalid("multiple memory spaces specified in memref type", at);
            }
            else
            {
                space = attribute;
            }
        }

        ExpectPunctuation('>');
        CheckShape(shape, element, start);

        // Space 0 is the default one.
        space = space is IntegerAttr { Value: var number } && number == 0 ? null : space;
        return unranked ? UnrankedMemRefType.Get(element, space) : MemRefType.Get(shape, element, layout, space);
    }

    private void CheckLayout(IrAttribute layout, int rank, int at)
    {
        switch (layout)
        {
            case AffineMapAttr map when map.Map.DimCount != rank:
                throw FailInvalid(
                    $"memref layout mismatch between rank and affine map: {rank} != {map.Map.DimCount}",
                    at
                );
            case StridedLayoutAttr strided when strided.Strides.Count != rank:
                throw FailInvalid(
                    $"expected the number of strides to match the rank: {rank} != {strided.Strides.Count}",
                    at
                );
        }
    }

    private IrType ParseElementType(string container)
    {
        var start = _lexer.Start;
        var element = ParseType();
        var valid = element switch
        {
            FunctionType or TupleType or NoneType or RankedTensorType or UnrankedTensorType => false,
            MemRefType or UnrankedMemRefType => container == "memref",
            _ => true,
        };
        return valid ? element : throw FailInvalid($"invalid {container} element type: '{element}'", start);
    }

    /// <summary>The number of elements must be countable, or every later computation of sizes could overflow; so must the bytes, where there is a limit.</summary>
    private void CheckShape(IReadOnlyList<long> shape, IrType element, int start)
    {
        UInt128 count = 1;
        var empty = false;
        foreach (var size in shape)
        {
            empty |= size == 0;
            if (size > 0)
            {
                count *= (ulong)size;
                if (count > long.MaxValue)
                {
                    break;
                }
            }
        }

        if (!empty && count > long.MaxValue)
        {
            throw FailInvalid("the number of elements exceeds 64 bits", start);
        }

        if (!empty && _options.MaxTensorBytes < long.MaxValue)
        {
            var size = element is IndexType or IntegerType { Width: <= 128 } or FloatType or ComplexType
                ? DenseElementsAttr.ElementSize(element)
                : 16;
            if (count * (uint)size > (ulong)_options.MaxTensorBytes)
            {
                throw Fail(
                    ParserErrors.TooMuch,
                    start,
                    $"an array of {count * (uint)size} bytes or more is",
                    _options.MaxTensorBytes
                );
            }
        }
    }

    /// <summary>Consumes sizes, <c>4x?x</c> or (without trailing <c>x</c>) <c>4x?</c>.</summary>
    /// <param name="allowDynamic">Whether <c>?</c> is a size.</param>
    /// <param name="withTrailingX">Whether an <c>x</c> follows every size, as in front of an element type.</param>
    public long[] ParseDimensions(bool allowDynamic = true, bool withTrailingX = true)
    {
        var sizes = new List<long>();
        if (!withTrailingX)
        {
            do
            {
                CheckRank(sizes.Count);
                sizes.Add(ParseDimensionOrDynamic(allowDynamic));
            } while (TryX());
            return [.. sizes];
        }

        while (_lexer.Kind == TokenKind.Integer || IsPunctuation('?'))
        {
            CheckRank(sizes.Count);
            sizes.Add(ParseDimensionOrDynamic(allowDynamic));
            ExpectX();
        }

        return [.. sizes];
    }

    private void CheckRank(int rank)
    {
        if (rank >= _options.MaxRank)
        {
            throw Fail(ParserErrors.TooMuch, _lexer.Start, "the rank is", _options.MaxRank);
        }
    }

    private long ParseDimensionOrDynamic(bool allowDynamic)
    {
        if (_lexer.Kind == TokenKind.Integer)
        {
            return ParseDimension();
        }

        if (!IsPunctuation('?'))
        {
            throw FailExpected("a size");
        }

        if (!allowDynamic)
        {
            throw FailInvalid("expected static shape", _lexer.Start);
        }

        _lexer.Next();
        return ShapedType.Dynamic;
    }

    private long ParseDimension()
    {
        // 0x4 here is not a hexadecimal number: the x separates dimensions.
        if (_lexer.Span is ['0', 'x', ..])
        {
            _lexer.Reset(_lexer.Start + 1);
            return 0;
        }

        if (!TryReadMagnitude(_lexer.Span, out var size) || size > long.MaxValue)
        {
            throw FailInvalid("invalid dimension", _lexer.Start);
        }

        _lexer.Next();
        return (long)size;
    }

    private void ExpectX()
    {
        if (!TryX())
        {
            throw FailExpected("'x' in dimension list");
        }
    }

    private bool TryX()
    {
        if (_lexer.Kind != TokenKind.Identifier || _text[_lexer.Start] != 'x')
        {
            return false;
        }

        // What follows the x is a token of its own: 4xf32.
        _lexer.Reset(_lexer.Start + 1);
        return true;
    }

    private IrType ParseDialectTypeOrAlias()
    {
        var start = _lexer.Start;
        var name = _lexer.Span[1..];
        var dot = name.IndexOf('.');
        var hasBody = _lexer.End < _text.Length && _text[_lexer.End] == '<';
        if (dot < 0 && !hasBody)
        {
            if (!_typeAliases.TryGetValue(_names.Get(name), out var alias))
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
            if (dot >= 0)
            {
                _lexer.Next();
                if (dialect.ParseType(this, mnemonic) is { } type)
                {
                    return type;
                }
            }

            throw Fail(ParserErrors.UnknownSymbol, start, "type", mnemonic, dialectName);
        }

        if (!_options.AllowUnregistered)
        {
            throw Fail(ParserErrors.UnregisteredSymbol, start, $"type '{_lexer.Span}'", dialectName);
        }

        return OpaqueType.Get(dialectName, ScanDialectBody(dialectName));
    }

    /// <summary>What follows the dialect's name of the symbol at hand, up to the end of its balanced <c>&lt;…></c>.</summary>
    private string ScanDialectBody(string dialectName)
    {
        var start = _lexer.Start + 1 + dialectName.Length;
        var end = _lexer.End;
        if (end < _text.Length && _text[end] == '<')
        {
            end = EndOfBalanced(end);
        }

        var body = _text[start..end];
        _lexer.Reset(end);
        return body;
    }

    private int EndOfBalanced(int open)
    {
        var closers = new Stack<char>();
        var i = open;
        while (i < _text.Length)
        {
            var c = _text[i];
            switch (c)
            {
                case '<':
                    closers.Push('>');
                    break;
                case '(':
                    closers.Push(')');
                    break;
                case '[':
                    closers.Push(']');
                    break;
                case '{':
                    closers.Push('}');
                    break;
                case '-' when i + 1 < _text.Length && _text[i + 1] == '>':
                    i++;
                    break;
                case '>' or ')' or ']' or '}':
                    if (closers.Pop() != c)
                    {
                        throw FailInvalid($"unbalanced '{c}' character in pretty dialect name", i);
                    }

                    if (closers.Count == 0)
                    {
                        return i + 1;
                    }

                    break;
                case '"':
                    var scan = new Lexer(_text, _source);
                    scan.Reset(i);
                    i = scan.End - 1;
                    break;
                case '\0':
                    throw FailInvalid("unexpected nul in pretty dialect name", i);
            }

            i++;
        }

        throw FailInvalid("unbalanced '<' character in pretty dialect name", open);
    }
}
