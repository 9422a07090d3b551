namespace Mlir.Ptx;

/// <summary>A PTX text that is wrong, or that holds what the machine does not know.</summary>
public sealed class PtxParseException : PtxException
{
    internal PtxParseException(int line, int column, string message)
        : base($"({line},{column}): error: {message}")
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line of the text, counted from one.</summary>
    public int Line { get; }

    /// <summary>The column, counted from one.</summary>
    public int Column { get; }
}
