namespace Mlir.Ptx.Text;

internal ref partial struct Parser
{
    private List<Variable> ParseVariables(bool isExternal)
    {
        var space = Text(token) switch
        {
            ".global" => StateSpace.Global,
            ".const" => StateSpace.Constant,
            ".shared" => StateSpace.Shared,
            ".local" => StateSpace.Local,
            _ => StateSpace.Parameter,
        };
        Skip();
        var alignment = 0;
        if (TryWord(".align"))
        {
            alignment = TakeAlignment();
        }

        var (type, lanes) = TakeVariableType();
        var variables = new List<Variable>();
        do
        {
            variables.Add(ParseDeclarator(space, type, lanes, alignment, isExternal));
        } while (TryMark(','));
        TakeMark(';');
        return variables;
    }

    private (PtxType Type, int Lanes) TakeVariableType()
    {
        var lanes =
            TryWord(".v2") ? 2
            : TryWord(".v4") ? 4
            : 1;
        var position = token.Position;
        var type = TakeType();
        return type is PtxType.Pred or PtxType.F16x2 or PtxType.BF16x2 or PtxType.TF32
            ? throw Error(position, $"a variable cannot be of type .{type.Name}")
            : (type, lanes);
    }

    private Variable ParseDeclarator(StateSpace space, PtxType type, int lanes, int alignment, bool isExternal)
    {
        var position = token.Position;
        var name = TakeName("the variable's name");
        var element = type.Bytes * lanes;
        long bytes = element;
        var isDynamic = false;
        while (TryMark('['))
        {
            if (TryMark(']'))
            {
                isDynamic = true;
                continue;
            }

            bytes *= (long)Math.Min(TakeInteger(), MaxVariableBytes + 1UL);
            if (bytes > MaxVariableBytes)
            {
                throw Error(position, $"'{name}' is larger than {MaxVariableBytes} bytes, the most for a variable");
            }

            TakeMark(']');
        }

        isDynamic &= isExternal && space == StateSpace.Shared;
        if (isExternal && !isDynamic)
        {
            throw Error(position, $"'{name}' is defined elsewhere, and modules are not linked: define it in this one");
        }

        var initial = new InitialValue(isDynamic ? 0 : (int)bytes);
        if (TryMark('='))
        {
            if (space is not (StateSpace.Global or StateSpace.Constant))
            {
                throw Error(token.Position, "only .global and .const variables have first values");
            }

            ParseInitial(initial, type);
        }

        var variable = new Variable(
            position,
            name,
            space,
            isDynamic ? 0 : (int)bytes,
            Math.Max(alignment, element),
            isDynamic,
            false
        )
        {
            Initial = initial.ToArray(),
            Addresses = initial.Addresses,
        };
        Declare(position, name, variable);
        return variable;
    }

    private void ParseInitial(InitialValue initial, PtxType type)
    {
        if (TryMark('{'))
        {
            Nest();
            while (!AtMark('}'))
            {
                ParseInitial(initial, type);
                if (!TryMark(','))
                {
                    break;
                }
            }

            TakeMark('}');
            depth--;
            return;
        }

        var position = token.Position;
        var isGeneric = token.Kind == TokenKind.Name && Text(token).SequenceEqual("generic");
        if (isGeneric)
        {
            Skip();
            TakeMark('(');
        }

        var value = ParseOperand();
        if (isGeneric)
        {
            TakeMark(')');
            if (value is NameSyntax named && TryMark('+'))
            {
                value = named with { Offset = named.Offset + ParseOffset() };
            }
        }

        var isFit = value switch
        {
            IntegerSyntax integer => initial.TryAdd(integer.Value, type.Bytes),
            FloatSyntax literal => initial.TryAdd(Literals.Bits(literal, type), type.Bytes),
            NameSyntax target when type.Bytes == 8 => initial.TryAdd(target),
            _ => throw Error(position, "a first value is a number or, in eight bytes, an address"),
        };
        if (!isFit)
        {
            throw Error(position, "there are more first values than elements");
        }
    }
}
