using System.Diagnostics.CodeAnalysis;

namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    private List<(object Owner, string Alias, int Position)>? _deferredLocations;

    /// <summary>Consumes <c>loc(…)</c>.</summary>
    public Location ParseLocation()
    {
        Expect("loc");
        ExpectPunctuation('(');
        var location = ParseLocationInside();
        ExpectPunctuation(')');
        return location;
    }

    /// <summary>Consumes <c>loc(…)</c> if it is next.</summary>
    public bool TryParseTrailingLocation([NotNullWhen(true)] out Location? location)
    {
        location = Peek("loc") ? ParseLocation() : null;
        return location is not null;
    }

    /// <summary>As <see cref="TryParseTrailingLocation(out Location)"/>, but an alias may be one that the text defines further down.</summary>
    private bool TryParseTrailingLocation(out Location? location, out string? alias, out int aliasPosition)
    {
        (location, alias, aliasPosition) = (null, null, 0);
        if (_lexer.Kind != TokenKind.Identifier || _lexer.Span is not "loc")
        {
            return false;
        }

        _lexer.Next();
        ExpectPunctuation('(');
        if (_lexer.Kind == TokenKind.Hash && !_attributeAliases.ContainsKey(_names.Get(_lexer.Span[1..])))
        {
            alias = _names.Get(_lexer.Span[1..]);
            aliasPosition = _lexer.Start;
            _lexer.Next();
        }
        else
        {
            location = ParseLocationInside();
        }

        ExpectPunctuation(')');
        return true;
    }

    private void DeferLocation(object owner, string alias, int position) =>
        (_deferredLocations ??= []).Add((owner, alias, position));

    /// <summary>Gives operations and arguments the locations whose aliases came after them.</summary>
    private void ResolveDeferredLocations()
    {
        foreach (var (owner, alias, position) in _deferredLocations ?? [])
        {
            var location = LocationOfAlias(alias, position);
            switch (owner)
            {
                case Operation op:
                    op.Location = location;
                    break;
                case BlockArgument argument:
                    argument.Location = location;
                    break;
            }
        }
    }

    private Location LocationOfAlias(string alias, int position)
    {
        if (!_attributeAliases.TryGetValue(alias, out var aliased))
        {
            throw Fail(ParserErrors.UndefinedAlias, position, alias);
        }

        var attribute = Expand(aliased, position);
        return (attribute as LocationAttr)?.Location
            ?? throw FailInvalid($"expected location, but found '{attribute}'", position);
    }

    private Location ParseLocationInside() => Nested(ParseLocationCore);

    private Location ParseLocationCore()
    {
        if (_lexer.Kind == TokenKind.Hash)
        {
            var position = _lexer.Start;
            var alias = _names.Get(_lexer.Span[1..]);
            _lexer.Next();
            return LocationOfAlias(alias, position);
        }

        if (_lexer.Kind == TokenKind.String)
        {
            return ParseNameOrFileLocation();
        }

        // Nested locations may repeat the keyword.
        if (Peek("loc"))
        {
            return ParseLocation();
        }

        if (TryConsume("unknown"))
        {
            return Location.Unknown;
        }

        if (TryConsume("callsite"))
        {
            ExpectPunctuation('(');
            var callee = ParseLocationInside();
            Expect("at");
            var caller = ParseLocationInside();
            ExpectPunctuation(')');
            return new CallSiteLoc(callee, caller);
        }

        if (TryConsume("fused"))
        {
            return ParseFusedLocation();
        }

        throw FailExpected("location instance");
    }

    private Location ParseNameOrFileLocation()
    {
        var name = ParseString();
        if (TryPunctuation('('))
        {
            var child = ParseLocationInside();
            ExpectPunctuation(')');
            return new NameLoc(name, child);
        }

        if (!TryPunctuation(':'))
        {
            return new NameLoc(name, Location.Unknown);
        }

        var line = ParsePosition("line");
        ExpectPunctuation(':');
        var column = ParsePosition("column");

        // A range keeps its start: "f":1:2 to 3:4, "f":1:2 to :4.
        if (TryConsume("to"))
        {
            if (_lexer.Kind == TokenKind.Integer)
            {
                ParsePosition("line");
            }

            ExpectPunctuation(':');
            ParsePosition("column");
        }

        return new FileLineColLoc(name, line, column);
    }

    private int ParsePosition(string what)
    {
        var at = _lexer.Start;
        if (_lexer.Kind != TokenKind.Integer)
        {
            throw FailExpected($"integer {what} number in FileLineColLoc");
        }

        return ParseInteger() is >= 0 and <= int.MaxValue and var number
            ? (int)number
            : throw Fail(ParserErrors.OutOfRange, at, $"a {what} number");
    }

    private Location ParseFusedLocation()
    {
        IrAttribute? metadata = null;
        if (TryPunctuation('<'))
        {
            metadata = ParseAttribute();
            ExpectPunctuation('>');
        }

        ExpectPunctuation('[');
        var parts = new List<Location>();
        if (!TryPunctuation(']'))
        {
            do
            {
                CheckCount(parts.Count, "parts of a location");
                parts.Add(ParseLocationInside());
            } while (TryPunctuation(','));
            ExpectPunctuation(']');
        }

        return new FusedLoc(EquatableArray.From(parts), metadata);
    }
}
