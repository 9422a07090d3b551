using System.Collections.Immutable;
using System.Globalization;

namespace Mlir.Runtime.Npy;

/// <summary>Reads the Python dictionary in a <c>.npy</c> header: exactly the three keys that the format names.</summary>
/// <param name="text">The header's text.</param>
/// <param name="offset">Where the text begins in the file, for messages.</param>
internal ref struct NpyHeaderParser(ReadOnlySpan<char> text, int offset)
{
    /// <summary>The most dimensions that NumPy handles.</summary>
    public const int MaxRank = 64;

    private readonly ReadOnlySpan<char> text = text;
    private int at;

    /// <summary>Reads the whole text.</summary>
    /// <param name="majorVersion">The version that the file named.</param>
    /// <exception cref="NpyFormatException">The text is not such a dictionary.</exception>
    public NpyHeader Parse(int majorVersion)
    {
        (ElementType Type, bool BigEndian)? type = null;
        bool? fortran = null;
        ImmutableArray<long>? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var start = at;
            var key = String();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = Descriptor();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = Boolean();
                    break;
                case "shape" when shape is null:
                    shape = Shape();
                    break;
                default:
                    throw Error($"unexpected key '{key}'", start);
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (at < text.Length)
        {
            throw Error("unexpected text after the dictionary", at);
        }

        return type is { } t && fortran is { } f && shape is { } s
            ? new NpyHeader(t.Type, s, f, t.BigEndian, majorVersion)
            : throw Error("the header must name 'descr', 'fortran_order' and 'shape'", at);
    }

    private (ElementType, bool) Descriptor()
    {
        SkipSpace();
        var start = at;
        if (at < text.Length && text[at] is '[' or '(' or '{')
        {
            throw Error("structured element types are not supported", start);
        }

        var name = String();
        var order = name.Length > 0 && name[0] is '<' or '>' or '|' or '=' ? name[0] : '=';
        ElementType type = name.TrimStart('<', '>', '|', '=') switch
        {
            "b1" or "?" => ElementType.Bool,
            "i1" => ElementType.Int8,
            "i2" => ElementType.Int16,
            "i4" => ElementType.Int32,
            "i8" => ElementType.Int64,
            "u1" => ElementType.UInt8,
            "u2" => ElementType.UInt16,
            "u4" => ElementType.UInt32,
            "u8" => ElementType.UInt64,
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            _ => throw Error($"unsupported element type '{name}'", start),
        };
        if (type.Size > 1 && order == '|')
        {
            throw Error($"the element type '{name}' lacks a byte order", start);
        }

        return (type, type.Size > 1 && (order == '>' || (order == '=' && !BitConverter.IsLittleEndian)));
    }

    private bool Boolean()
    {
        SkipSpace();
        foreach (var (word, value) in ((string, bool)[])[("True", true), ("False", false)])
        {
            if (text[at..].StartsWith(word))
            {
                at += word.Length;
                return value;
            }
        }

        throw Error("expected True or False", at);
    }

    private ImmutableArray<long> Shape()
    {
        Expect('(');
        var start = at;
        var sizes = ImmutableArray.CreateBuilder<long>();
        while (!TryTake(')'))
        {
            if (sizes.Count == MaxRank)
            {
                throw Error($"more than {MaxRank} dimensions", at);
            }

            sizes.Add(Size());
            if (!TryTake(','))
            {
                Expect(')');
                if (sizes.Count == 1)
                {
                    throw Error("expected ',': one number in parentheses is not a tuple", at - 1);
                }

                break;
            }
        }

        long count = 1;
        foreach (var size in sizes)
        {
            if (sizes.Contains(0))
            {
                break; // no elements, however large the other sizes are
            }

            count =
                count <= long.MaxValue / size ? count * size : throw Error("the product of the sizes overflows", start);
        }

        return sizes.ToImmutable();
    }

    private long Size()
    {
        SkipSpace();
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (!long.TryParse(text[start..at], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw Error("expected a size", start);
        }

        if (at < text.Length && text[at] == 'L')
        {
            at++; // a long integer of Python 2
        }

        return size;
    }

    private string String()
    {
        SkipSpace();
        var start = at;
        if (at == text.Length || text[at] is not ('\'' or '"'))
        {
            throw Error("expected a quoted string", start);
        }

        var length = text[(start + 1)..].IndexOf(text[start]);
        if (length < 0 || length > 64)
        {
            throw Error("a string without an end", start);
        }

        at = start + length + 2;
        return text.Slice(start + 1, length).ToString();
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Error($"expected '{expected}'", at);
        }
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (at < text.Length && text[at] == expected)
        {
            at++;
            return true;
        }

        return false;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }

    private readonly NpyFormatException Error(string message, int position) => new(message, offset + position);
}
