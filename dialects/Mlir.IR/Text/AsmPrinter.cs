using System.Buffers;
using System.Globalization;

namespace Mlir.IR.Text;

/// <summary>Writes IR in MLIR's textual syntax into one growing buffer.</summary>
public sealed partial class AsmPrinter
{
    // Chunks stay below the size from which arrays are collected only with the oldest generation.
    private const int ChunkSize = 32 * 1024;

    private readonly List<char[]> _fullChunks = [];
    private char[] _buffer = new char[256];
    private int _length;
    private int _indent;

    /// <summary>A printer with an empty buffer.</summary>
    public AsmPrinter(AsmPrinterOptions? options = null) => Options = options ?? AsmPrinterOptions.Default;

    /// <summary>How things are printed.</summary>
    public AsmPrinterOptions Options { get; }

    /// <summary>What was written so far.</summary>
    public override string ToString() => Concat("");

    /// <summary>What was written so far, behind <paramref name="head"/>.</summary>
    private string Concat(string head)
    {
        var length = checked(head.Length + (_fullChunks.Count * ChunkSize) + _length);
        return string.Create(
            length,
            (this, head),
            static (target, source) =>
            {
                var (printer, head) = source;
                head.CopyTo(target);
                target = target[head.Length..];
                foreach (var chunk in printer._fullChunks)
                {
                    chunk.CopyTo(target);
                    target = target[ChunkSize..];
                }

                printer._buffer.AsSpan(0, printer._length).CopyTo(target);
            }
        );
    }

    /// <summary>Writes <paramref name="text"/> as it is.</summary>
    public void Write(string text) => Write(text.AsSpan());

    /// <summary>Writes <paramref name="text"/> as it is.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        while (_buffer.Length - _length < text.Length)
        {
            if (_buffer.Length < ChunkSize)
            {
                Grow();
                continue;
            }

            var part = _buffer.Length - _length;
            text[..part].CopyTo(_buffer.AsSpan(_length));
            text = text[part..];
            _length += part;
            Grow();
        }

        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Writes one character.</summary>
    public void Write(char c)
    {
        if (_length == _buffer.Length)
        {
            Grow();
        }

        _buffer[_length++] = c;
    }

    /// <summary>Writes a decimal number.</summary>
    public void Write(long number)
    {
        if (_buffer.Length - _length >= 20)
        {
            number.TryFormat(_buffer.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
            _length += written;
            return;
        }

        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture);
        Write(digits[..count]);
    }

    /// <summary>Ends the line; the next one starts at the indentation of the region at hand.</summary>
    public void NewLine()
    {
        Write('\n');
        WriteSpaces(_indent);
    }

    private void WriteSpaces(int count)
    {
        const string Spaces = "                                                                ";
        for (; count > Spaces.Length; count -= Spaces.Length)
        {
            Write(Spaces);
        }

        Write(Spaces.AsSpan(0, count));
    }

    /// <summary>Makes room: a small buffer doubles, a full chunk is put aside.</summary>
    private void Grow()
    {
        if (_buffer.Length < ChunkSize)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            _fullChunks.Add(_buffer);
            _buffer = new char[ChunkSize];
            _length = 0;
        }
    }

    /// <summary>Writes <paramref name="text"/> between quotes, with escapes where needed.</summary>
    public void WriteString(string text)
    {
        Write('"');
        WriteEscaped(text);
        Write('"');
    }

    private static readonly SearchValues<char> PlainInStrings = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    );

    private void WriteEscaped(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(PlainInStrings);
            if (plain < 0)
            {
                Write(text);
                return;
            }

            Write(text[..plain]);
            var c = text[plain];
            var used = 1;
            if (c == '\\')
            {
                Write("\\\\");
            }
            else if (c < 256)
            {
                WriteByteEscape((byte)c);
            }
            else
            {
                // Beyond Latin-1 the text is written as it is, in whole UTF-16 pairs; a lone surrogate cannot be written to a file.
                if (char.IsHighSurrogate(c) && plain + 1 < text.Length && char.IsLowSurrogate(text[plain + 1]))
                {
                    Write(text.Slice(plain, 2));
                    used = 2;
                }
                else
                {
                    Write(char.IsSurrogate(c) ? '\uFFFD' : c);
                }
            }

            text = text[(plain + used)..];
        }
    }

    private void WriteByteEscape(byte value)
    {
        Write('\\');
        Write("0123456789ABCDEF"[value >> 4]);
        Write("0123456789ABCDEF"[value & 15]);
    }

    /// <summary>Writes <c>@name</c>, quoted where the name is no identifier.</summary>
    public void WriteSymbolName(string name)
    {
        Write('@');
        WriteKeywordOrString(name);
    }

    /// <summary>Writes <paramref name="text"/> bare when it is an identifier, else as a string.</summary>
    public void WriteKeywordOrString(string text)
    {
        if (IsIdentifier(text))
        {
            Write(text);
        }
        else
        {
            WriteString(text);
        }
    }

    private static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '$' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The type in MLIR's syntax.</summary>
    public static string ToText(IrType type)
    {
        var printer = new AsmPrinter(Inline);
        printer.WriteType(type);
        return printer.ToString();
    }

    /// <summary>The attribute in MLIR's syntax.</summary>
    public static string ToText(IrAttribute attribute)
    {
        var printer = new AsmPrinter(Inline);
        printer.WriteAttribute(attribute);
        return printer.ToString();
    }

    /// <summary>The expression in MLIR's syntax.</summary>
    public static string ToText(AffineExpr expression)
    {
        var printer = new AsmPrinter(Inline);
        printer.WriteAffineExpr(expression);
        return printer.ToString();
    }

    /// <summary>The map in MLIR's syntax, <c>(d0) -> (d0 + 1)</c>.</summary>
    public static string ToText(AffineMap map)
    {
        var printer = new AsmPrinter(Inline);
        printer.WriteAffineMap(map);
        return printer.ToString();
    }

    /// <summary>The location in MLIR's syntax, <c>loc("file":1:2)</c>.</summary>
    public static string ToText(Location location)
    {
        var printer = new AsmPrinter(Inline);
        printer.WriteLocation(location);
        return printer.ToString();
    }

    /// <summary>The operation in its custom form, without a line break at the end.</summary>
    public static string ToText(Operation op) => Print(op, Inline);

    /// <summary>The operation with everything inside it, under <paramref name="options"/>.</summary>
    /// <remarks>Values from outside the operation keep the names that they have in the whole; the definitions of aliases come first.</remarks>
    public static string Print(Operation op, AsmPrinterOptions? options = null)
    {
        var printer = new AsmPrinter(options);
        printer.WriteOp(op);
        return printer.FinishWithAliases();
    }

    /// <summary>As <see cref="Print"/>, with a line break at the end.</summary>
    internal static string PrintLine(Operation op, AsmPrinterOptions? options)
    {
        var printer = new AsmPrinter(options);
        printer.WriteOp(op);
        printer.Write('\n');
        return printer.FinishWithAliases();
    }

    private static readonly AsmPrinterOptions Inline = new() { UseAliases = false };
}
