namespace Mlir.Ptx.Text;

internal ref partial struct Parser
{
    private void ParseFunction()
    {
        var isKernel = At(".entry");
        Skip();
        var outer = scope;
        scope = new(outer);
        var results = new List<Variable>();
        if (!isKernel && AtMark('('))
        {
            ParseParameters(results);
        }

        var position = token.Position;
        var name = TakeName("the function's name");
        function = new(position, name, isKernel);
        source = null;
        function.Results.AddRange(results);
        if (AtMark('('))
        {
            ParseParameters(function.Parameters);
        }

        ParseFunctionDirectives();
        if (!TryMark(';'))
        {
            function.HasBody = true;
            ParseBody();
        }

        scope = outer;
        var known = module.Functions.FindIndex(other => other.Name == name);
        if (known >= 0 && module.Functions[known].HasBody && function.HasBody)
        {
            throw Error(position, $"'{name}' is defined twice");
        }

        if (known < 0)
        {
            module.Functions.Add(function);
        }
        else if (function.HasBody)
        {
            module.Functions[known] = function;
        }

        function = null;
    }

    private void ParseParameters(List<Variable> parameters)
    {
        TakeMark('(');
        while (!AtMark(')'))
        {
            parameters.Add(ParseParameter());
            if (!TryMark(','))
            {
                break;
            }
        }

        TakeMark(')');
    }

    private Variable ParseParameter()
    {
        if (!TryWord(".param"))
        {
            throw Expected("a parameter (.param)");
        }

        var alignment = TryWord(".align") ? TakeAlignment() : 0;
        var (type, lanes) = TakeVariableType();
        if (TryWord(".ptr"))
        {
            _ = TryWord(".global") || TryWord(".shared") || TryWord(".const") || TryWord(".local");
            _ = TryWord(".align") ? TakeAlignment() : 0;
        }

        var position = token.Position;
        var name = TakeName("the parameter's name");
        long bytes = type.Bytes * lanes;
        alignment = Math.Max(alignment, type.Bytes * lanes);
        while (TryMark('['))
        {
            bytes *= (long)Math.Min(TakeInteger(), MaxVariableBytes);
            TakeMark(']');
            if (bytes > 32764)
            {
                throw Error(position, $"'{name}' is larger than 32764 bytes, the most for a parameter");
            }
        }

        var parameter = new Variable(position, name, StateSpace.Parameter, (int)bytes, alignment, false, true);
        Declare(position, name, parameter);
        return parameter;
    }

    private void ParseFunctionDirectives()
    {
        while (true)
        {
            switch (Word())
            {
                case ".maxntid":
                    Skip();
                    function!.MaxThreads = TakeSizes();
                    break;
                case ".reqntid":
                    Skip();
                    function!.RequiredThreads = TakeSizes();
                    break;
                case ".minnctapersm" or ".maxnctapersm" or ".maxnreg":
                    Skip();
                    _ = TakeInteger();
                    break;
                case ".noreturn":
                    Skip();
                    break;
                case ".pragma":
                    SkipPragma();
                    break;
                default:
                    if (!AtMark('{') && !AtMark(';'))
                    {
                        throw Expected("'{' and the function's body");
                    }

                    return;
            }
        }
    }

    private int[] TakeSizes()
    {
        int[] sizes = [1, 1, 1];
        for (var i = 0; i < 3; i++)
        {
            sizes[i] = (int)Math.Clamp(TakeInteger(), 1, 1 << 20);
            if (!TryMark(','))
            {
                break;
            }
        }

        return sizes;
    }

    private void ParseBody()
    {
        TakeMark('{');
        Nest();
        while (!TryMark('}'))
        {
            if (AtMark('{'))
            {
                var outer = scope;
                scope = new(outer);
                ParseBody();
                scope = outer;
            }
            else
            {
                ParseStatement();
            }
        }

        depth--;
    }

    private void ParseStatement()
    {
        switch (Word())
        {
            case ".reg":
                ParseRegisters();
                break;
            case ".local" or ".shared" or ".param":
                function!.Variables.AddRange(ParseVariables(isExternal: false));
                break;
            case ".loc":
                ParseLocation();
                break;
            case ".pragma":
                SkipPragma();
                break;
            case "":
                ParseInstructionOrLabel();
                break;
            default:
                throw Expected("an instruction, a label or a declaration");
        }
    }

    private void ParseRegisters()
    {
        Skip();
        var typePosition = token.Position;
        var type = TakeType();
        if (type != PtxType.Pred && type.Bytes < 2)
        {
            throw Error(typePosition, "registers of one byte are not known; declare them with 16 bits");
        }

        do
        {
            var position = token.Position;
            var name = TakeName("the register's name");
            if (!TryMark('<'))
            {
                Declare(position, name, new Register(name, type));
                continue;
            }

            var count = (int)Math.Min(TakeInteger(), int.MaxValue);
            TakeMark('>');
            if (!scope.TryAddRange(name, type, count))
            {
                throw Error(position, $"'{name}' is declared twice");
            }
        } while (TryMark(','));
        TakeMark(';');
    }

    // .loc 1 18 3   or   .loc 1 18 3, function_name $L__info_string0, inlined_at 1 20 5: the first place is the one that counts
    private void ParseLocation()
    {
        Skip();
        source = new(module.Files, TakeInteger(), TakeInteger(), TakeInteger());
        while (TryMark(','))
        {
            var attribute = TakeName("'function_name' or 'inlined_at'");
            if (attribute == "function_name")
            {
                _ = TakeName("a label");
                _ = TryMark('+') && TakeInteger() > 0;
                continue;
            }

            while (token.Kind == TokenKind.Integer)
            {
                Skip();
            }
        }
    }

    private void ParseInstructionOrLabel()
    {
        var start = token;
        RegisterSyntax? guard = null;
        var isNegated = false;
        if (TryMark('@'))
        {
            isNegated = TryMark('!');
            guard =
                ParseOperand() as RegisterSyntax
                ?? throw Error(start.Position, "a guard is a predicate register, as in '@%p1'");
        }

        var position = token.Position;
        var opcode = TakeName("an instruction");
        if (guard is null && TryMark(':'))
        {
            ParseLabel(position, opcode);
            return;
        }

        var modifiers = new List<string>();
        while (token.Kind == TokenKind.Dotted)
        {
            modifiers.Add(Text(token)[1..].ToString());
            Skip();
        }

        var operands = new List<OperandSyntax>();
        while (!AtMark(';'))
        {
            operands.Add(ParseOperand());
            if (!TryMark(','))
            {
                break;
            }
        }

        var end = token.Start;
        TakeMark(';');
        var written = text[start.Start..end].Trim();
        function!.Instructions.Add(
            new(
                position,
                opcode,
                modifiers,
                operands,
                guard,
                isNegated,
                written.Length > 200 ? string.Concat(written[..200], "…") : written.ToString().Replace('\t', ' '),
                source
            )
        );
    }

    private void ParseLabel(TextPosition position, string name)
    {
        if (TryWord(".branchtargets"))
        {
            var targets = new List<NameSyntax>();
            do
            {
                var at = token.Position;
                targets.Add(new(at, TakeName("a label"), null, 0));
            } while (TryMark(','));
            TakeMark(';');
            if (!function!.BranchTargets.TryAdd(name, targets))
            {
                throw Error(position, $"'{name}' is declared twice");
            }

            return;
        }

        if (token.Kind == TokenKind.Dotted && At(".callprototype"))
        {
            throw Error(token.Position, "calls through a register are not known; call the function by its name");
        }

        if (!function!.Labels.TryAdd(name, function.Instructions.Count))
        {
            throw Error(position, $"the label '{name}' stands twice in '{function.Name}'");
        }
    }
}
