using System.Text;

namespace Mlir.IR.Generators;

/// <summary>Writes C# with indentation; every line ends with a line feed, so that output does not depend on the machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _pendingBlank;
    private bool _afterOpen = true;

    /// <summary>Writes one line; an empty one separates what stands before from what follows, and vanishes next to braces.</summary>
    public void Line(string line = "")
    {
        if (line.Length == 0)
        {
            _pendingBlank = !_afterOpen;
            return;
        }

        if (_pendingBlank && line != "}" && line != "};")
        {
            _text.Append('\n');
        }

        _pendingBlank = false;
        _afterOpen = false;
        if (!line.StartsWith("#", System.StringComparison.Ordinal))
        {
            _text.Append(' ', 4 * _indent);
        }

        _text.Append(line).Append('\n');
    }

    /// <summary>Writes an opening brace and indents.</summary>
    public void Open(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        _indent++;
        _afterOpen = true;
    }

    /// <summary>Writes a closing brace.</summary>
    public void Close(string brace = "}")
    {
        _indent--;
        _pendingBlank = false;
        Line(brace);
        _afterOpen = false;
    }

    public void Indent() => _indent++;

    public void Outdent() => _indent--;

    public override string ToString() => _text.ToString();
}
