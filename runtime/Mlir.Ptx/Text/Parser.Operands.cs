namespace Mlir.Ptx.Text;

internal ref partial struct Parser
{
    private OperandSyntax ParseOperand()
    {
        var position = token.Position;
        if (TryMark('{'))
        {
            return ParseList(position, '}');
        }

        if (TryMark('('))
        {
            return ParseList(position, ')');
        }

        if (TryMark('['))
        {
            return ParseAddress(position);
        }

        if (TryMark('!'))
        {
            Nest();
            var operand = ParseOperand();
            depth--;
            return new NotSyntax(position, operand);
        }

        if (TryMark('-'))
        {
            return ParseNumber() switch
            {
                IntegerSyntax integer => integer with { Value = 0 - integer.Value },
                FloatSyntax { IsSingle: true } single => single with { Bits = single.Bits ^ (1UL << 31) },
                FloatSyntax number => number with { Bits = number.Bits ^ (1UL << 63) },
                _ => throw Error(position, "expected a number behind '-'"),
            };
        }

        return token.Kind switch
        {
            TokenKind.Integer or TokenKind.Float => ParseNumber(),
            TokenKind.Name => ParseName(),
            _ => throw Expected("an operand"),
        };
    }

    private ListSyntax ParseList(TextPosition position, char end)
    {
        Nest();
        var items = new List<OperandSyntax>();
        while (!AtMark(end))
        {
            items.Add(ParseOperand());
            if (!TryMark(','))
            {
                break;
            }
        }

        TakeMark(end);
        depth--;
        return new(position, items);
    }

    private AddressSyntax ParseAddress(TextPosition position)
    {
        Nest();
        var origin = ParseOperand();
        var offset = TryMark('+') ? ParseOffset() : 0;
        TakeMark(']');
        depth--;
        return origin is NameSyntax { Offset: not 0 } name
            ? new(position, name with { Offset = 0 }, name.Offset + offset)
            : new(position, origin, offset);
    }

    private long ParseOffset()
    {
        var isNegative = TryMark('-');
        var value = (long)TakeInteger();
        return isNegative ? -value : value;
    }

    private OperandSyntax ParseNumber()
    {
        var found = token;
        if (found.Kind == TokenKind.Integer)
        {
            return new IntegerSyntax(found.Position, TakeInteger());
        }

        _ = Take(TokenKind.Float, "a number");
        return Literals.TryFloat(Text(found), out var bits, out var isSingle)
            ? new FloatSyntax(found.Position, bits, isSingle)
            : throw Error(
                found.Position,
                $"'{Text(found)}' is no number: write 0f and eight, or 0d and sixteen digits"
            );
    }

    private PairSyntax ParsePair(OperandSyntax first)
    {
        Nest();
        var second = ParseOperand();
        depth--;
        return new(first.Position, first, second);
    }

    private OperandSyntax ParseName()
    {
        var position = token.Position;
        var name = TakeName("a name");
        var found = scope.Find(name);
        OperandSyntax? destination =
            found is Register register ? new RegisterSyntax(position, register)
            : name == "_" ? new SinkSyntax(position)
            : null;
        if (destination is not null)
        {
            return TryMark('|') ? ParsePair(destination) : destination;
        }

        if (name[0] == '%' && found is null)
        {
            if (token.Kind == TokenKind.Dotted && Text(token) is ".x" or ".y" or ".z" or ".w")
            {
                name += Text(token).ToString();
                Skip();
            }

            return new SpecialSyntax(position, name);
        }

        var offset = found is Variable && TryMark('+') ? ParseOffset() : 0;
        return new NameSyntax(position, name, found as Variable, offset);
    }
}
