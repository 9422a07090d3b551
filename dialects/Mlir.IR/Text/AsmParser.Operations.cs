namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    private static readonly OpDefinition None = new()
    {
        Name = "",
        Create = _ => throw new InvalidOperationException(),
    };

    private readonly record struct ResultName(int Start, int Length, int Count);

    private readonly Stack<OperationState> _freeStates = new();
    private readonly Dictionary<string, OpDefinition> _definitions = new(StringComparer.Ordinal);
    private Dictionary<string, OpDefinition>.AlternateLookup<ReadOnlySpan<char>> _definitionsBySpan;

    // The operation at hand; its definition says how its regions are read.
    private OperationState _state = new(None, Location.Unknown);
    private string _defaultDialect = "builtin";
    private int _operationCount;

    /// <summary>Parses a whole file: aliases and operations, in a module unless the file is one.</summary>
    internal Operation ParseFile()
    {
        _definitionsBySpan = _definitions.GetAlternateLookup<ReadOnlySpan<char>>();
        var location = CurrentLocation;
        _scope = new ValueScope(_text);
        _scope.PushLevel();
        var region = new Region();
        var block = region.AddBlock();
        while (_lexer.Kind != TokenKind.End)
        {
            switch (_lexer.Kind)
            {
                case TokenKind.Hash:
                    ParseAttributeAlias();
                    break;
                case TokenKind.Exclamation:
                    ParseTypeAlias();
                    break;
                case TokenKind.Punctuation when Peek("{-#"):
                    throw Fail(ParserErrors.Unsupported, _lexer.Start, "a file metadata section '{-# … #-}'");
                default:
                    ParseOperation(block);
                    break;
            }
        }

        CheckBlocks();
        CheckForwardValues();
        ResolveDeferredLocations();
        if (block.First is { Name: "builtin.module" } module && module.Next is null)
        {
            module.Remove();
            return module;
        }

        var definition = Dialects.FindOp("builtin.module") ?? UnregisteredOp.DefinitionOf("builtin.module");
        var state = new OperationState(definition, location) { Regions = { region } };
        return state.Create();
    }

    /// <summary>Fails unless the whole text was consumed.</summary>
    internal void ExpectEnd()
    {
        if (_lexer.Kind != TokenKind.End)
        {
            throw FailExpected("the end of the text");
        }
    }

    private void ParseAttributeAlias()
    {
        var name = ParseAliasName("attribute", _attributeAliases.ContainsKey);
        _attributeAliases.Add(name, ParseAliased(() => ParseAttribute()));
    }

    private void ParseTypeAlias()
    {
        var name = ParseAliasName("type", _typeAliases.ContainsKey);
        _typeAliases.Add(name, ParseAliased(ParseType));
    }

    private string ParseAliasName(string kind, Func<string, bool> isTaken)
    {
        var start = _lexer.Start;
        var name = _names.Get(_lexer.Span[1..]);
        if (isTaken(name))
        {
            throw Fail(ParserErrors.RedefinedAlias, start, kind, name);
        }

        if (name.Contains('.'))
        {
            throw FailInvalid($"{kind} names with a '.' are reserved for dialect-defined names", start);
        }

        _lexer.Next();
        ExpectPunctuation('=');
        return name;
    }

    /// <summary>Parses an operation with its results and location and appends it to <paramref name="block"/>.</summary>
    private void ParseOperation(Block block)
    {
        if (++_operationCount > _options.MaxOperations)
        {
            throw Fail(ParserErrors.TooMuch, _lexer.Start, "the number of operations is", _options.MaxOperations);
        }

        var start = _lexer.Start;
        var single = default(ResultName);
        List<ResultName>? names = null;
        if (_lexer.Kind == TokenKind.Percent)
        {
            single = ParseResultName();
            if (IsPunctuation(','))
            {
                names = [single];
                while (TryPunctuation(','))
                {
                    if (_lexer.Kind != TokenKind.Percent)
                    {
                        throw FailExpected("valid ssa identifier");
                    }

                    CheckCount(names.Count, "names of results");
                    names.Add(ParseResultName());
                }
            }

            if (!TryPunctuation('='))
            {
                throw FailExpected("'=' after SSA name");
            }
        }

        var outer = _state;
        var nameStart = _lexer.Start;
        var state = _freeStates.TryPop(out var free) ? free : new OperationState(None, Location.Unknown);
        Operation op;
        switch (_lexer.Kind)
        {
            case TokenKind.Identifier:
                BeginState(state, FindCustom(), nameStart);
                _lexer.Next();
                state.Definition.Parse!(this, state);
                break;
            case TokenKind.String:
                BeginState(state, FindGeneric(), nameStart);
                _lexer.Next();
                ParseGenericOperation(state);
                break;
            default:
                throw FailExpected("operation name in quotes or a custom operation");
        }

        SettleOperands(state.Operands);
        op = Build(state, nameStart);
        _state = outer;
        _freeStates.Push(state);
        if (TryParseTrailingLocation(out var location, out var alias, out var position))
        {
            if (alias is null)
            {
                op.Location = location!;
            }
            else
            {
                DeferLocation(op, alias, position);
            }
        }

        block.Insert(op);
        if (single.Length > 0)
        {
            BindResults(op, start, single, names);
        }
    }

    private void BeginState(OperationState state, OpDefinition definition, int position)
    {
        state.Reset(definition, _source.LocationAt(position));
        _state = state;
    }

    private Operation Build(OperationState state, int position)
    {
        try
        {
            return state.Create();
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or InvalidOperationException
                        or InvalidCastException
                        or IndexOutOfRangeException
            )
        {
            throw Fail(ParserErrors.CannotBuild, position, state.Definition.Name, e.Message);
        }
    }

    private ResultName ParseResultName()
    {
        var (start, length) = (_lexer.Start, _lexer.End - _lexer.Start);
        _lexer.Next();
        if (!TryPunctuation(':'))
        {
            return new ResultName(start, length, 1);
        }

        if (_lexer.Kind != TokenKind.Integer)
        {
            throw FailExpected("integer number of results");
        }

        var at = _lexer.Start;
        var count = ParseInteger();
        return count is >= 1 and <= int.MaxValue
            ? new ResultName(start, length, (int)count)
            : throw FailInvalid("expected named operation to have at least 1 result", at);
    }

    private void BindResults(Operation op, int start, ResultName single, List<ResultName>? names)
    {
        var results = op.ResultSpan;
        if (results.Length == 0)
        {
            throw FailInvalid("cannot name an operation with no results", start);
        }

        var count = names is null ? single.Count : names.Sum(n => (long)n.Count);
        if (count != results.Length)
        {
            throw Fail(ParserErrors.ResultCount, start, results.Length, count);
        }

        var next = 0;
        for (var i = 0; i < (names?.Count ?? 1); i++)
        {
            var name = names is null ? single : names[i];
            for (var k = 0; k < name.Count; k++)
            {
                Define(name.Start, name.Length, k, results[next++]);
            }
        }
    }

    private OpDefinition FindCustom()
    {
        var name = _lexer.Span;
        if (name.Contains('.') && _definitionsBySpan.TryGetValue(name, out var known))
        {
            return known.Parse is null ? throw Fail(ParserErrors.NoCustomForm, _lexer.Start, known.Name) : known;
        }

        var written = name.ToString();
        var definition = written.Contains('.') ? Dialects.FindOp(written) : null;
        if (definition is null && _defaultDialect.Length > 0)
        {
            definition = FindDefined(_defaultDialect + "." + written);
        }

        if (definition is null)
        {
            var tried =
                written.Contains('.') ? ""
                : _defaultDialect.Length > 0 ? $" (tried '{_defaultDialect}.{written}' as well)"
                : "";
            throw Fail(ParserErrors.UnknownCustomOp, _lexer.Start, written, tried);
        }

        _definitions[definition.Name] = definition;
        return definition.Parse is null
            ? throw Fail(ParserErrors.NoCustomForm, _lexer.Start, definition.Name)
            : definition;
    }

    private OpDefinition? FindDefined(string name) => _definitions.GetValueOrDefault(name) ?? Dialects.FindOp(name);

    private OpDefinition FindGeneric()
    {
        var name = _lexer.Span[1..^1];
        if (_definitionsBySpan.TryGetValue(name, out var known))
        {
            return known;
        }

        var written = Unescape(name);
        if (written.Length == 0)
        {
            throw FailInvalid("empty operation name is invalid", _lexer.Start);
        }

        if (written.Contains('\0'))
        {
            throw FailInvalid("null character not allowed in operation name", _lexer.Start);
        }

        var definition = Dialects.FindOp(written);
        if (definition is null)
        {
            var dot = written.IndexOf('.');
            var dialect = dot < 0 ? "" : written[..dot];
            if (dot >= 0 && Dialects.Find(dialect) is not null)
            {
                throw Fail(ParserErrors.UnknownOp, _lexer.Start, written, dialect);
            }

            if (!_options.AllowUnregistered)
            {
                throw Fail(ParserErrors.UnregisteredDialect, _lexer.Start, written);
            }

            definition = UnregisteredOp.DefinitionOf(written);
        }

        _definitions[written] = definition;
        return definition;
    }

    /// <summary>Parses <c>(%a)[^bb1] &lt;{…}> ({…}) {…} : (t) -> t</c>.</summary>
    private void ParseGenericOperation(OperationState state)
    {
        var operands = ParseOperandList("(", ")");
        if (TryPunctuation('['))
        {
            do
            {
                CheckCount(state.Successors.Count, "successors");
                state.Successors.Add(ParseSuccessor());
            } while (TryPunctuation(','));
            ExpectPunctuation(']');
        }

        if (TryPunctuation('<'))
        {
            ParseNamedAttributes(state.Attributes);
            ExpectPunctuation('>');
        }

        if (TryPunctuation('('))
        {
            do
            {
                CheckCount(state.Regions.Count, "regions of an operation");
                state.Regions.Add(ParseRegion());
            } while (TryPunctuation(','));
            ExpectPunctuation(')');
        }

        var properties = state.Attributes.Count;
        ParseOptionalAttrDict(state);
        CheckNoDuplicates(state.Attributes, properties);
        ExpectPunctuation(':');
        ParseOperandTypes(operands, state);
        Expect("->");
        if (IsPunctuation('('))
        {
            ParseParenthesizedTypes(state.ResultTypes);
        }
        else
        {
            state.ResultTypes.Add(ParseType());
        }
    }

    private void CheckNoDuplicates(List<NamedAttribute> attributes, int first)
    {
        if (first == 0 || first == attributes.Count)
        {
            return;
        }

        var names = attributes.Take(first).Select(a => a.Name).ToHashSet();
        foreach (var attribute in attributes.Skip(first))
        {
            if (!names.Add(attribute.Name))
            {
                throw FailInvalid($"'{attribute.Name}' is given as a property and as an attribute", _lexer.Start);
            }
        }
    }

    private void ParseOperandTypes(List<UnresolvedOperand> operands, OperationState state)
    {
        var start = _lexer.Start;
        ExpectPunctuation('(');
        var count = 0;
        if (!IsPunctuation(')'))
        {
            do
            {
                var type = ParseType();
                if (count < operands.Count)
                {
                    state.Operands.Add(Resolve(operands[count], type));
                }

                count++;
            } while (TryPunctuation(','));
        }

        ExpectPunctuation(')');
        if (count != operands.Count)
        {
            throw FailInvalid(
                $"expected {operands.Count} operand type{(operands.Count == 1 ? "" : "s")} but had {count}",
                start
            );
        }
    }
}
