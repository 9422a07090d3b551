namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    /// <summary>What an alias stands for, how long that is when it is written out, and how deep it nests.</summary>
    private readonly record struct Aliased<T>(T Value, long Length, int Depth);

    private readonly Dictionary<string, Aliased<IrAttribute>> _attributeAliases = [];
    private readonly Dictionary<string, Aliased<IrType>> _typeAliases = [];
    private long _expansion;
    private int _deepest;

    /// <summary>Parses the definition of an alias and measures it, aliases in it written out.</summary>
    private Aliased<T> ParseAliased<T>(Func<T> parse)
    {
        var (start, expansion) = (_lexer.Start, _expansion);
        _deepest = 0;
        var value = parse();
        var length = _lexer.Start - start + _expansion - expansion;
        return length > _options.MaxAliasLength
            ? throw Fail(
                ParserErrors.TooMuch,
                start,
                $"what the alias stands for, {length} characters, is",
                _options.MaxAliasLength
            )
            : new Aliased<T>(value, length, _deepest);
    }

    /// <summary>The value of an alias that is used at <paramref name="position"/>; together the uses must not stand for more than the limits allow.</summary>
    private T Expand<T>(Aliased<T> alias, int position)
    {
        _expansion += alias.Length;
        if (_expansion > _options.MaxExpansion)
        {
            throw Fail(
                ParserErrors.TooMuch,
                position,
                "what the aliases up to here stand for, in characters, is",
                _options.MaxExpansion
            );
        }

        _deepest = Math.Max(_deepest, _valueDepth + alias.Depth);
        return _deepest > _options.MaxValueDepth
            ? throw Fail(ParserErrors.TooDeep, position, "types and attributes", _options.MaxValueDepth)
            : alias.Value;
    }
}
