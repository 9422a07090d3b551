namespace Mlir.IR.Text;

/// <summary>A name in the text, <c>%x</c> or <c>%x#1</c>, that stands for a value once its type is known.</summary>
public readonly struct UnresolvedOperand
{
    private readonly AsmParser _parser;

    internal UnresolvedOperand(AsmParser parser, int start, int length, int number) =>
        (_parser, Start, Length, Number) = (parser, start, length, number);

    /// <summary>Which result of a group is meant; 0 when none was written.</summary>
    public int Number { get; }

    /// <summary>The name without <c>%</c>.</summary>
    public string Name => _parser is null ? "" : NameSpan.ToString();

    /// <summary>Where the name stands.</summary>
    public Location Location => _parser is null ? Location.Unknown : _parser.LocationAt(Start);

    internal int Start { get; }

    internal int Length { get; }

    internal ReadOnlySpan<char> NameSpan => _parser.TextAt(Start + 1, Length - 1);

    /// <summary>The name as written, with <c>%</c>.</summary>
    public override string ToString() =>
        _parser is null ? "" : _parser.TextAt(Start, Length).ToString() + (Number > 0 ? $"#{Number}" : "");
}
