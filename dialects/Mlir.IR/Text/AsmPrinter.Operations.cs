namespace Mlir.IR.Text;

public sealed partial class AsmPrinter
{
    private const int IndentWidth = 2;

    private SsaNames? _names;
    private Region? _defaultDialectRegion;
    private string _defaultDialect = "builtin";

    /// <summary>Writes an operation with its results and, where asked for, its location; in its custom form unless the options say otherwise.</summary>
    public void WriteOp(Operation op)
    {
        EnsureNames(op);
        WriteResults(op);
        if (Options.Generic || op.Definition.Parse is null)
        {
            WriteGenericOp(op);
        }
        else
        {
            Write(ShortName(op.Name, DefaultDialectAt(op)));
            op.Print(this);
        }

        if (Options.PrintLocations)
        {
            Write(' ');
            WriteLocation(op.Location);
        }
    }

    /// <summary>Writes <c>"d.op"(%a) &lt;{…}> ({…}) {…} : (t) -> t</c>, without results and location.</summary>
    public void WriteGenericOp(Operation op)
    {
        EnsureNames(op);
        Write('"');
        WriteEscaped(op.Name);
        Write("\"(");
        WriteOperands(op.Operands);
        Write(')');
        var successors = op.Successors;
        if (successors.Count > 0)
        {
            Write('[');
            for (var i = 0; i < successors.Count; i++)
            {
                Write(i == 0 ? "" : ", ");
                WriteBlockName(successors[i].Target);
            }

            Write(']');
        }

        WriteProperties(op);
        if (op.Regions.Count > 0)
        {
            Write(" (");
            for (var i = 0; i < op.Regions.Count; i++)
            {
                Write(i == 0 ? "" : ", ");
                WriteRegion(op.Regions[i], printEmptyBlock: true);
            }

            Write(')');
        }

        if (!op.Discardable.Items.IsEmpty)
        {
            Write(' ');
            WriteDictionary(op.Discardable.Items.Span);
        }

        Write(" : ");
        WriteFunctionalType(op);
    }

    private void WriteProperties(Operation op)
    {
        var names = op.Definition.AttributeNames;
        if (names.IsEmpty)
        {
            return;
        }

        var items = new List<NamedAttribute>();
        for (var i = 0; i < names.Length; i++)
        {
            if (op.GetInherent(i) is { } value)
            {
                items.Add(new NamedAttribute(names[i], value));
            }
        }

        if (items.Count > 0)
        {
            items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            Write(" <");
            WriteDictionary(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
            Write('>');
        }
    }

    private void EnsureNames(Operation op)
    {
        if (_names is not null)
        {
            return;
        }

        // Names follow from the whole that the operation belongs to, as far as values can come from.
        var root = op;
        while (root.ParentOp is { } parent && (ReferenceEquals(root, op) || root is not IIsolatedFromAbove))
        {
            root = parent;
        }

        _names = new SsaNames(root, Options.UseNameHints);
    }

    private void WriteResults(Operation op)
    {
        var results = op.ResultSpan;
        if (results.Length == 0)
        {
            return;
        }

        for (var i = 0; i < results.Length; )
        {
            Write(i == 0 ? "" : ", ");
            _names!.TryGet(results[i], out var name);
            WriteName(name);
            var end = i + 1;
            while (end < results.Length && _names.TryGet(results[end], out var next) && next.Result > 0)
            {
                end++;
            }

            if (end - i > 1)
            {
                Write(':');
                Write(end - i);
            }

            i = end;
        }

        Write(" = ");
    }

    private void WriteName(SsaNames.Name name)
    {
        Write('%');
        if (name.Text is null)
        {
            Write(name.Number);
        }
        else
        {
            Write(name.Text);
        }
    }

    /// <summary>Writes <c>%name</c>, or <c>%name#1</c> for a result of a group.</summary>
    public void WriteOperand(Value value)
    {
        if (_names is null || !_names.TryGet(value, out var name))
        {
            Write("<<UNKNOWN SSA VALUE>>");
            return;
        }

        WriteName(name);
        if (name.Result >= 0)
        {
            Write('#');
            Write(name.Result);
        }
    }

    /// <summary>Writes values with commas between them.</summary>
    public void WriteOperands(OperandList values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteOperand(values[i]);
        }
    }

    /// <summary>Writes values with commas between them.</summary>
    public void WriteOperands(IEnumerable<Value> values)
    {
        var first = true;
        foreach (var value in values)
        {
            Write(first ? "" : ", ");
            WriteOperand(value);
            first = false;
        }
    }

    /// <summary>Writes <c>^bb1</c>.</summary>
    public void WriteBlockName(Block block)
    {
        if (_names is not null && _names.TryGet(block, out var number))
        {
            Write("^bb");
            Write(number);
        }
        else
        {
            Write("INVALIDBLOCK");
        }
    }

    /// <summary>Writes <c>^bb1</c> or <c>^bb1(%a : i32)</c>.</summary>
    public void WriteSuccessor(Block block, OperandList operands)
    {
        WriteBlockName(block);
        if (operands.Count > 0)
        {
            Write('(');
            WriteOperands(operands);
            Write(" : ");
            WriteTypes(operands);
            Write(')');
        }
    }

    /// <summary>Writes <c> {a = …}</c> with the inherent attributes that are not <paramref name="elided"/> and all others; nothing when there is none.</summary>
    public void WriteAttrDict(Operation op, params ReadOnlySpan<string> elided) => WriteAttrDict(op, " ", elided);

    /// <summary>Writes <c> attributes {a = …}</c> as <see cref="WriteAttrDict(Operation, ReadOnlySpan{string})"/> does.</summary>
    public void WriteAttrDictWithKeyword(Operation op, params ReadOnlySpan<string> elided) =>
        WriteAttrDict(op, " attributes ", elided);

    private void WriteAttrDict(Operation op, string prefix, ReadOnlySpan<string> elided)
    {
        var names = op.Definition.AttributeNames;
        List<NamedAttribute>? items = null;
        for (var i = 0; i < names.Length; i++)
        {
            // Segment sizes follow from the text of the custom form.
            if (
                op.GetInherent(i) is { } value
                && !elided.Contains(names[i])
                && names[i] is not ("operandSegmentSizes" or "resultSegmentSizes")
            )
            {
                (items ??= []).Add(new NamedAttribute(names[i], value));
            }
        }

        if (items is null && op.Discardable.Items.IsEmpty)
        {
            return;
        }

        items ??= [];
        foreach (var item in op.Discardable.Items)
        {
            if (!elided.Contains(item.Name))
            {
                items.Add(item);
            }
        }

        if (items.Count > 0)
        {
            items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            Write(prefix);
            WriteDictionary(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
        }
    }

    /// <summary>Writes <c>{</c>, the blocks and <c>}</c>.</summary>
    /// <param name="region">The region.</param>
    /// <param name="printEntryArguments">Whether the entry block's arguments are written; not when the operation writes them in front.</param>
    /// <param name="printTerminator">Whether the entry block's terminator is written; not when it follows from the operation.</param>
    /// <param name="printEmptyBlock">Whether an entry block without operations is written, so that it differs from a region without blocks.</param>
    public void WriteRegion(
        Region region,
        bool printEntryArguments = true,
        bool printTerminator = true,
        bool printEmptyBlock = false
    )
    {
        if (!StackGuard.HasRoom)
        {
            StackGuard.Continue(() => WriteRegion(region, printEntryArguments, printTerminator, printEmptyBlock));
            return;
        }

        if (region.Parent is { } parent)
        {
            EnsureNames(parent);
        }

        Write('{');
        if (region.First is { } entry)
        {
            var outer = (_defaultDialectRegion, _defaultDialect);
            (_defaultDialectRegion, _defaultDialect) = (
                region,
                region.Parent is null ? "" : DefaultDialectOf(region.Parent)
            );
            WriteBlock(
                entry,
                (printEmptyBlock && entry.First is null) || (printEntryArguments && entry.Arguments.Count > 0),
                printTerminator
            );
            for (var block = entry.Next; block is not null; block = block.Next)
            {
                WriteBlock(block, label: true, terminator: true);
            }

            (_defaultDialectRegion, _defaultDialect) = outer;
        }

        NewLine();
        Write('}');
    }

    private void WriteBlock(Block block, bool label, bool terminator)
    {
        if (label)
        {
            NewLine();
            WriteBlockName(block);
            if (block.Arguments.Count > 0)
            {
                Write('(');
                for (var i = 0; i < block.Arguments.Count; i++)
                {
                    Write(i == 0 ? "" : ", ");
                    WriteRegionArgument(block.Arguments[i]);
                }

                Write(')');
            }

            Write(':');
            WritePredecessors(block);
        }

        _indent += IndentWidth;
        for (var op = block.First; op is not null; op = op.Next)
        {
            if (op.Next is null && !terminator && op is ITerminator)
            {
                break;
            }

            NewLine();
            WriteOp(op);
        }

        _indent -= IndentWidth;
    }

    private void WritePredecessors(Block block)
    {
        if (block.FirstUse is null)
        {
            Write(block.IsEntry ? "" : "  // no predecessors");
        }
        else if (block.SinglePredecessor is { } single)
        {
            Write("  // pred: ");
            WriteBlockName(single);
        }
        else
        {
            var order = new List<(int Number, Block Block)>();
            foreach (var predecessor in block.Predecessors)
            {
                order.Add((_names!.TryGet(predecessor, out var number) ? number : -1, predecessor));
            }

            order.Sort((a, b) => a.Number.CompareTo(b.Number));
            Write("  // ");
            Write(order.Count);
            Write(" preds: ");
            for (var i = 0; i < order.Count; i++)
            {
                Write(i == 0 ? "" : ", ");
                WriteBlockName(order[i].Block);
            }
        }
    }

    /// <summary>Writes <c>%arg0: i32</c>, with attributes and location where there are any.</summary>
    public void WriteRegionArgument(BlockArgument argument, bool withType = true, DictionaryAttr? attributes = null)
    {
        WriteOperand(argument);
        if (withType)
        {
            Write(": ");
            WriteType(argument.Type);
        }

        if (attributes is { Items.IsEmpty: false })
        {
            Write(' ');
            WriteDictionary(attributes.Items.Span);
        }

        if (Options.PrintLocations)
        {
            Write(' ');
            WriteLocation(argument.Location);
        }
    }

    /// <summary>Makes the entry arguments of <paramref name="region"/> print under the names of <paramref name="names"/>, values from outside.</summary>
    public void ShadowEntryArguments(Region region, IEnumerable<Value> names)
    {
        if (region.First is not { } entry || _names is null)
        {
            return;
        }

        var index = 0;
        foreach (var value in names)
        {
            if (index < entry.Arguments.Count)
            {
                _names.Shadow(entry.Arguments[index++], value);
            }
        }
    }

    /// <summary>The dialect whose prefix may be left out at <paramref name="op"/>: that of the operation around it.</summary>
    private string DefaultDialectAt(Operation op) =>
        ReferenceEquals(op.ParentRegion, _defaultDialectRegion) ? _defaultDialect
        : op.ParentOp is { } parent ? DefaultDialectOf(parent)
        : "builtin";

    internal static string DefaultDialectOf(Operation op) => DefaultDialectOf(op.Name);

    internal static string DefaultDialectOf(string opName) =>
        opName switch
        {
            "builtin.module" => "builtin",
            "func.func" => "func",
            _ => "",
        };

    private static ReadOnlySpan<char> ShortName(string name, string dialect) =>
        dialect.Length > 0
        && name.Length > dialect.Length
        && name[dialect.Length] == '.'
        && name.StartsWith(dialect, StringComparison.Ordinal)
        && name.IndexOf('.', dialect.Length + 1) < 0
            ? name.AsSpan(dialect.Length + 1)
            : name;
}
