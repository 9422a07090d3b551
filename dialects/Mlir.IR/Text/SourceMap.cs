namespace Mlir.IR.Text;

/// <summary>Finds line and column of positions in a text; fast when they are asked for in order.</summary>
internal sealed class SourceMap(string text, string fileName, int firstLine)
{
    private readonly int _firstLine = firstLine;
    private int _line = firstLine;
    private int _lineStart;
    private List<int>? _starts;

    public FileLineColLoc LocationAt(int position)
    {
        if (position < _lineStart)
        {
            return Search(position);
        }

        while (text.AsSpan(_lineStart, position - _lineStart).IndexOf('\n') is >= 0 and var offset)
        {
            _lineStart += offset + 1;
            _line++;
        }

        return new FileLineColLoc(fileName, _line, position - _lineStart + 1);
    }

    private FileLineColLoc Search(int position)
    {
        if (_starts is null)
        {
            _starts = [0];
            for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
            {
                _starts.Add(i + 1);
            }
        }

        var index = _starts.BinarySearch(position);
        var line = index >= 0 ? index : ~index - 1;
        return new FileLineColLoc(fileName, _firstLine + line, position - _starts[line] + 1);
    }
}
