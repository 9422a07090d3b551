namespace Mlir.IR.Text;

/// <summary>Finds line and column of positions in a text; fast when they are asked for in order.</summary>
internal sealed class SourceMap(string text, string fileName, int firstLine)
{
    private readonly int _firstLine = firstLine;
    private int _line = firstLine;
    private int _lineStart;
    private int _searched;
    private List<int>? _starts;

    public FileLineColLoc LocationAt(int position)
    {
        if (position < _lineStart)
        {
            return Search(position);
        }

        // Where a line is long, only what was not searched yet is.
        _searched = Math.Max(_searched, _lineStart);
        while (
            _searched < position && text.AsSpan(_searched, position - _searched).IndexOf('\n') is >= 0 and var offset
        )
        {
            _lineStart = _searched += offset + 1;
            _line++;
        }

        _searched = Math.Max(_searched, position);

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
