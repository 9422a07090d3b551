using System.Runtime.InteropServices;

namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    private enum LiteralKind : byte
    {
        Integer,
        Float,
        True,
        False,
    }

    /// <summary>A number in a dense literal, kept as a range of the text until its type is known.</summary>
    private readonly record struct Literal(int Start, int End, LiteralKind Kind, bool Negative);

    private sealed class DenseLiteral
    {
        public List<Literal> Numbers { get; } = [];

        /// <summary>The sizes that the brackets spell; empty for a splat.</summary>
        public List<long>? Shape { get; set; }

        public bool IsComplex { get; set; }

        public string? Hex { get; set; }

        public bool IsEmpty { get; set; }
    }

    private long _constantBytes;

    private DenseElementsAttr ParseDense(IrType? type)
    {
        _lexer.Next();
        ExpectPunctuation('<');
        var start = _lexer.Start;
        var literal = new DenseLiteral();
        if (IsPunctuation('>'))
        {
            literal.IsEmpty = true;
        }
        else if (_lexer.Kind == TokenKind.String)
        {
            literal.Hex = ParseString();
        }
        else
        {
            var shape = new List<long>();
            ParseDenseList(literal, shape, 0);
            literal.Shape = shape;
        }

        ExpectPunctuation('>');
        if (type is null)
        {
            ExpectPunctuation(':');
        }

        var typeStart = _lexer.Start;
        type ??= ParseType();
        if (type is not ShapedType { HasRank: true } shaped || type is MemRefType)
        {
            throw FailInvalid("elements literal must be a ranked tensor or vector type", typeStart);
        }

        if (!shaped.HasStaticShape)
        {
            throw FailInvalid("elements literal type must have static shape", typeStart);
        }

        if (shaped.ElementType is not (IndexType or FloatType or IntegerType { Width: <= 128 and > 0 } or ComplexType))
        {
            throw Fail(
                ParserErrors.Unsupported,
                typeStart,
                $"a dense constant with elements of type '{shaped.ElementType}'"
            );
        }

        return literal.Hex is not null
            ? DenseElementsAttr.Get(shaped, ReadHex(shaped, literal.Hex, start))
            : DenseElementsAttr.Get(shaped, ReadNumbers(shaped, literal, start));
    }

    /// <summary>Reads a number, a complex number, or a bracketed list; all lists of one depth have one length.</summary>
    private void ParseDenseList(DenseLiteral literal, List<long> shape, int depth)
    {
        if (!IsPunctuation('['))
        {
            if (depth < shape.Count)
            {
                throw FailInvalid("tensor literal is invalid; ranks are not consistent between elements", _lexer.Start);
            }

            ParseDenseNumber(literal);
            return;
        }

        if (depth == shape.Count)
        {
            if (literal.Numbers.Count > 0)
            {
                throw FailInvalid("tensor literal is invalid; ranks are not consistent between elements", _lexer.Start);
            }

            shape.Add(-1);
        }

        var start = _lexer.Start;
        _lexer.Next();
        var count = 0L;
        if (!TryPunctuation(']'))
        {
            do
            {
                if (depth + 1 < shape.Count || IsPunctuation('['))
                {
                    EnterValue("dense literals");
                    ParseDenseList(literal, shape, depth + 1);
                    _valueDepth--;
                }
                else
                {
                    ParseDenseNumber(literal);
                }

                count++;
            } while (TryPunctuation(','));
            ExpectPunctuation(']');
        }

        if (shape[depth] < 0)
        {
            shape[depth] = count;
        }
        else if (shape[depth] != count)
        {
            throw FailInvalid($"tensor literal is invalid; expected {shape[depth]} elements here, got {count}", start);
        }
    }

    private void ParseDenseNumber(DenseLiteral literal)
    {
        if (TryPunctuation('('))
        {
            literal.IsComplex = true;
            ParseDenseScalar(literal);
            ExpectPunctuation(',');
            ParseDenseScalar(literal);
            ExpectPunctuation(')');
            return;
        }

        if (literal.IsComplex)
        {
            throw FailExpected("a complex number '(re, im)'");
        }

        ParseDenseScalar(literal);
    }

    private void ParseDenseScalar(DenseLiteral literal)
    {
        var negative = TryPunctuation('-');
        LiteralKind kind;
        switch (_lexer.Kind)
        {
            case TokenKind.Integer:
                kind = LiteralKind.Integer;
                break;
            case TokenKind.Float:
                kind = LiteralKind.Float;
                break;
            case TokenKind.Identifier when !negative && _lexer.Span is "true":
                kind = LiteralKind.True;
                break;
            case TokenKind.Identifier when !negative && _lexer.Span is "false":
                kind = LiteralKind.False;
                break;
            case TokenKind.String:
                throw Fail(ParserErrors.Unsupported, _lexer.Start, "a dense constant of strings");
            default:
                throw FailExpected("element literal of primitive type");
        }

        // Every element takes a byte at least.
        if (literal.Numbers.Count >= _options.MaxConstantBytes - _constantBytes)
        {
            throw Fail(
                ParserErrors.TooMuch,
                _lexer.Start,
                "the number of bytes of dense constants is",
                _options.MaxConstantBytes
            );
        }

        literal.Numbers.Add(new Literal(_lexer.Start, _lexer.End, kind, negative));
        _lexer.Next();
    }

    private byte[] ReadNumbers(ShapedType type, DenseLiteral literal, int start)
    {
        var count = type.ElementCount;
        if (literal.IsEmpty)
        {
            return count == 0
                ? []
                : throw FailInvalid($"parsed zero elements, but type ({type}) expected at least 1", start);
        }

        var isSplat = literal.Shape is null or { Count: 0 };
        if (!isSplat && !type.Shape.Span.SequenceEqual(CollectionsMarshal.AsSpan(literal.Shape!)))
        {
            throw FailInvalid(
                $"inferred shape of elements literal ([{string.Join(", ", literal.Shape!)}]) does not match type ([{string.Join(", ", type.Shape)}])",
                start
            );
        }

        if (isSplat && count == 0)
        {
            // A splat of nothing has no element.
            return [];
        }

        var complex = type.ElementType as ComplexType;
        if (literal.IsComplex != complex is not null && literal.Numbers.Count > 0)
        {
            throw FailInvalid(
                complex is null
                    ? "expected element type to be complex"
                    : $"expected '{complex.ElementType}' pairs for complex elements",
                start
            );
        }

        // As many numbers as the text has, so the memory is bounded by the text.
        var scalar = complex?.ElementType ?? type.ElementType;
        var size = DenseElementsAttr.ElementSize(scalar);
        CountConstantBytes((long)literal.Numbers.Count * size, start);
        var data = new byte[checked((long)literal.Numbers.Count * size)];
        for (var i = 0; i < literal.Numbers.Count; i++)
        {
            WriteLiteral(scalar, literal.Numbers[i], data.AsSpan(i * size, size));
        }

        return data;
    }

    private void WriteLiteral(IrType type, Literal number, Span<byte> target)
    {
        var start = number.Negative ? _text.LastIndexOf('-', number.Start) : number.Start;
        UInt128 bits;
        switch (number.Kind, type)
        {
            case (LiteralKind.True or LiteralKind.False, IntegerType { Width: 1 }):
                bits = number.Kind == LiteralKind.True ? 1u : 0u;
                break;
            case (LiteralKind.True or LiteralKind.False, _):
                throw FailInvalid("expected i1 type for 'true' or 'false' values", start);
            case (LiteralKind.Float, FloatType format):
                bits = FloatBits(format, number.Start, number.End, number.Negative);
                break;
            case (LiteralKind.Integer, FloatType format):
                bits = FloatBitsOfInteger(format, number.Start, number.End, number.Negative, start);
                break;
            case (LiteralKind.Integer, _):
                bits = (UInt128)IntegerOf(type, number.Start, number.End, number.Negative, start);
                if (type is IntegerType { Width: < 128 and var width })
                {
                    bits &= (UInt128.One << width) - 1;
                }

                break;
            default:
                throw FailInvalid("expected integer elements, but parsed floating-point", start);
        }

        Span<byte> all = stackalloc byte[16];
        MemoryMarshal.Write(all, in bits);
        all[..target.Length].CopyTo(target);
    }

    private void CountConstantBytes(long count, int start)
    {
        _constantBytes += count;
        if (_constantBytes > _options.MaxConstantBytes)
        {
            throw Fail(
                ParserErrors.TooMuch,
                start,
                "the number of bytes of dense constants is",
                _options.MaxConstantBytes
            );
        }
    }

    private byte[] ReadHex(ShapedType type, string hex, int start)
    {
        // Bits take a byte each.
        CountConstantBytes(hex.Length / 2L * (type.ElementType is IntegerType { Width: 1 } ? 8 : 1), start);
        byte[] raw;
        try
        {
            raw = hex.StartsWith("0x", StringComparison.Ordinal)
                ? Convert.FromHexString(hex.AsSpan(2))
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw FailInvalid("elements hex string should start with '0x' and hold whole bytes", start);
        }

        return DenseHex.Decode(type, raw)
            ?? throw FailInvalid(
                $"elements hex data size is invalid for provided type: {type}, got {raw.Length} bytes",
                start
            );
    }
}
