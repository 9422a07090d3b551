namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    /// <summary>A block under its name; <see cref="Defined"/> once its label was parsed.</summary>
    private sealed class NamedBlock(Block block, int position)
    {
        public Block Block { get; } = block;

        public int Position { get; set; } = position;

        public bool Defined { get; set; }
    }

    // The blocks of the region at hand by name, made when the first one is named.
    private Dictionary<string, NamedBlock>? _blocks;
    private int _regionDepth;
    private int _blockCount;

    /// <summary>Consumes <c>%x</c>, then what is allowed of <c>: type</c>, <c>{attributes}</c> and <c>loc(…)</c>.</summary>
    /// <param name="allowType">Whether a type must follow.</param>
    /// <param name="allowAttrs">Whether attributes may follow.</param>
    public RegionArgument ParseRegionArgument(bool allowType = false, bool allowAttrs = false)
    {
        var argument = new RegionArgument(ParseOperand());
        if (argument.Operand.Number != 0)
        {
            throw FailInvalid("a name that is defined here cannot have a result number", argument.Operand.Start);
        }

        if (allowType)
        {
            ExpectPunctuation(':');
            argument.Type = ParseType();
        }

        if (allowAttrs)
        {
            argument.Attributes = ParseOptionalDictionary();
        }

        if (TryParseTrailingLocation(out var location, out var alias, out var position))
        {
            argument.Location = location ?? argument.Location;
            argument.LocationAlias = alias;
            argument.LocationAliasPosition = position;
        }

        return argument;
    }

    /// <summary>Consumes a region argument if one is next.</summary>
    public RegionArgument? TryParseRegionArgument(bool allowType = false, bool allowAttrs = false) =>
        _lexer.Kind == TokenKind.Percent ? ParseRegionArgument(allowType, allowAttrs) : null;

    /// <summary>Consumes region arguments between delimiters, possibly none.</summary>
    public List<RegionArgument> ParseRegionArgumentList(
        string open,
        string close,
        bool allowType,
        bool allowAttrs = false
    )
    {
        var arguments = new List<RegionArgument>();
        Expect(open);
        if (TryConsume(close))
        {
            return arguments;
        }

        do
        {
            CheckCount(arguments.Count, "arguments of a region");
            arguments.Add(ParseRegionArgument(allowType, allowAttrs));
        } while (TryPunctuation(','));
        Expect(close);
        return arguments;
    }

    /// <summary>Consumes a region if one is next.</summary>
    public Region? TryParseRegion(IReadOnlyList<RegionArgument>? entryArguments = null) =>
        IsPunctuation('{') ? ParseRegion(entryArguments) : null;

    /// <summary>Consumes <c>{ … }</c>.</summary>
    /// <param name="entryArguments">The arguments of the entry block, where the operation's form declares them in front; each with its type.</param>
    public Region ParseRegion(IReadOnlyList<RegionArgument>? entryArguments = null)
    {
        var isolated = _state.Definition.IsIsolated;
        var outerBlocks = _blocks;
        var outerDialect = _defaultDialect;
        _blocks = null;
        _defaultDialect = AsmPrinter.DefaultDialectOf(_state.Definition.Name);
        if (++_regionDepth > _options.MaxRegionDepth)
        {
            throw Fail(ParserErrors.TooDeep, _lexer.Start, "regions", _options.MaxRegionDepth);
        }

        ExpectPunctuation('{');
        var region = new Region();
        if (entryArguments is { Count: > 0 } || !IsPunctuation('}'))
        {
            EnterIsolation(isolated);
            if (StackGuard.HasRoom)
            {
                ParseBlocks(region, entryArguments);
            }
            else
            {
                StackGuard.Continue(() => ParseBlocks(region, entryArguments));
            }

            CheckBlocks();
            LeaveIsolation(isolated);
        }

        _regionDepth--;
        _blocks = outerBlocks;
        _defaultDialect = outerDialect;
        ExpectPunctuation('}');
        return region;
    }

    private void ParseBlocks(Region region, IReadOnlyList<RegionArgument>? entryArguments)
    {
        CountBlock();
        var entry = region.AddBlock();
        if (entryArguments is { Count: > 0 })
        {
            if (_lexer.Kind == TokenKind.Caret)
            {
                throw FailInvalid("invalid block name in region with named arguments", _lexer.Start);
            }

            foreach (var argument in entryArguments)
            {
                AddArgument(entry, argument);
            }
        }

        if (_lexer.Kind == TokenKind.Caret)
        {
            ParseLabel(entry);
        }

        ParseBlockBody(entry);
        while (!IsPunctuation('}'))
        {
            if (_lexer.Kind != TokenKind.Caret)
            {
                throw FailExpected("'}' or a block");
            }

            var block = ParseLabel(null);
            region.Insert(block);
            ParseBlockArguments(block);
            ParseBlockBody(block);
        }
    }

    private void CountBlock()
    {
        if (++_blockCount > _options.MaxBlocks)
        {
            throw Fail(ParserErrors.TooMuch, _lexer.Start, "the number of blocks is", _options.MaxBlocks);
        }
    }

    private void AddArgument(Block block, RegionArgument argument)
    {
        var operand = argument.Operand;
        var type =
            argument.Type ?? throw Error($"the type of the region argument {operand} is not known", operand.Location);
        var value = block.AddArgument(type, argument.Location);
        if (argument.LocationAlias is { } alias)
        {
            DeferLocation(value, alias, argument.LocationAliasPosition);
        }

        Define(operand.Start, operand.Length, 0, value);
    }

    /// <summary>Consumes <c>^name</c>, arguments and the colon of the entry block, or the name alone of a later one.</summary>
    private Block ParseLabel(Block? entry)
    {
        if (entry is null)
        {
            CountBlock();
        }

        var position = _lexer.Start;
        var name = _names.Get(_lexer.Span);
        _lexer.Next();
        _blocks ??= [];
        if (!_blocks.TryGetValue(name, out var known))
        {
            known = new NamedBlock(entry ?? new Block(), position);
            _blocks.Add(name, known);
        }
        else if (known.Defined)
        {
            throw new AsmParseException(
                ParserErrors.RedefinedBlock.At(_source.LocationAt(position), name) with
                {
                    Notes = [NoteAt(known.Position, "previously defined here")],
                }
            );
        }

        known.Defined = true;
        known.Position = position;
        if (entry is not null)
        {
            ParseBlockArguments(entry);
        }

        return known.Block;
    }

    private void ParseBlockArguments(Block block)
    {
        if (TryPunctuation('(') && !TryPunctuation(')'))
        {
            do
            {
                CheckCount(block.Arguments.Count, "arguments of a block");
                AddArgument(block, ParseRegionArgument(allowType: true));
            } while (TryPunctuation(','));
            ExpectPunctuation(')');
        }

        if (!TryPunctuation(':'))
        {
            throw FailExpected("':' after block name");
        }
    }

    private void ParseBlockBody(Block block)
    {
        while (_lexer.Kind != TokenKind.Caret && !IsPunctuation('}'))
        {
            ParseOperation(block);
        }
    }

    /// <summary>Whether the name of a block is next.</summary>
    public bool PeekSuccessor() => _lexer.Kind == TokenKind.Caret;

    /// <summary>Consumes <c>^bb1</c>; a block that is defined further down is a detached one until then.</summary>
    public Block ParseSuccessor()
    {
        if (_lexer.Kind != TokenKind.Caret)
        {
            throw FailExpected("block name");
        }

        var name = _names.Get(_lexer.Span);
        _blocks ??= [];
        if (!_blocks.TryGetValue(name, out var known))
        {
            known = new NamedBlock(new Block(), _lexer.Start);
            _blocks.Add(name, known);
        }

        _lexer.Next();
        return known.Block;
    }

    /// <summary>Consumes <c>^bb1</c> or <c>^bb1(%a, %b : i32, f32)</c>.</summary>
    public (Block Block, List<Value> Operands) ParseSuccessorAndOperands()
    {
        var block = ParseSuccessor();
        var values = new List<Value>();
        if (TryPunctuation('(') && !TryPunctuation(')'))
        {
            var start = _lexer.Start;
            var operands = ParseOperandList();
            ExpectPunctuation(':');
            var types = ParseTypeList();
            if (operands.Count != types.Count)
            {
                throw Fail(ParserErrors.OperandCount, start, operands.Count, types.Count);
            }

            for (var i = 0; i < types.Count; i++)
            {
                values.Add(Resolve(operands[i], types[i]));
            }

            ExpectPunctuation(')');
        }

        return (block, values);
    }

    private void CheckBlocks()
    {
        if (_blocks is null)
        {
            return;
        }

        var missing = _blocks.Where(b => !b.Value.Defined).OrderBy(b => b.Value.Position).ToList();
        if (missing.Count > 0)
        {
            throw new AsmParseException([
                .. missing.Select(b => ParserErrors.UndefinedBlock.At(_source.LocationAt(b.Value.Position), b.Key)),
            ]);
        }
    }

    /// <summary>Appends the terminator that the custom form leaves out, and a block first where the region has none.</summary>
    /// <param name="region">The region of an operation whose blocks end in a terminator that follows from the operation.</param>
    /// <param name="make">Makes the terminator at a location.</param>
    public void EnsureTerminator(Region region, Func<Location, Operation> make)
    {
        var block = region.Last ?? region.AddBlock();
        if (block.Last is not (ITerminator or UnregisteredOp))
        {
            block.Insert(make(_state.Location));
        }
    }
}
