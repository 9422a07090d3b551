using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>What the custom forms of structured operations share.</summary>
internal static class LinalgForm
{
    /// <summary>Parses <c>[ins(%a : t)] outs(%b : t)</c>, adds the operands, and the types of tensor destinations as results.</summary>
    public static (int Inputs, int Outputs) ParseOperands(AsmParser parser, OperationState state, bool addResults)
    {
        var inputs = ParseGroup(parser, state, "ins");
        var before = state.Operands.Count;
        var outputs = ParseGroup(parser, state, "outs");
        if (addResults)
        {
            AddTensorResults(state, before);
        }

        return (inputs, outputs);
    }

    /// <summary>Adds the types of the tensors among the operands from <paramref name="start"/> as results.</summary>
    public static void AddTensorResults(OperationState state, int start)
    {
        for (var i = start; i < state.Operands.Count; i++)
        {
            if (state.Operands[i].Type is RankedTensorType type)
            {
                state.ResultTypes.Add(type);
            }
        }
    }

    private static int ParseGroup(AsmParser parser, OperationState state, string keyword)
    {
        if (!parser.TryConsume(keyword))
        {
            return 0;
        }

        parser.Expect("(");
        var operands = parser.ParseOperandList();
        if (operands.Count > 0)
        {
            parser.Expect(":");
            parser.Resolve(operands, parser.ParseTypeList(), state);
        }

        parser.Expect(")");
        return operands.Count;
    }

    /// <summary>Prints <c> ins(%a : t) outs(%b : t)</c>; nothing for an empty group.</summary>
    public static void PrintOperands(AsmPrinter printer, OperandList inputs, OperandList outputs)
    {
        PrintGroup(printer, " ins(", inputs);
        PrintGroup(printer, " outs(", outputs);
    }

    private static void PrintGroup(AsmPrinter printer, string open, OperandList operands)
    {
        if (operands.Count == 0)
        {
            return;
        }

        printer.Write(open);
        printer.WriteOperands(operands);
        printer.Write(" : ");
        printer.WriteTypes(operands.Types);
        printer.Write(')');
    }

    /// <summary>Parses the region of <c>map</c> and <c>reduce</c> after their operands, <c>(%a: f32, …) { … }</c>.</summary>
    public static void ParseBody(AsmParser parser, OperationState state)
    {
        var arguments = parser.ParseRegionArgumentList("(", ")", allowType: true);
        state.Regions.Add(parser.ParseRegion(arguments));
    }

    /// <summary>Prints the region of <c>map</c> and <c>reduce</c> on lines of its own.</summary>
    public static void PrintBody(AsmPrinter printer, Region body)
    {
        printer.NewLine();
        printer.Write("  (");
        var arguments = body.First!.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteRegionArgument(arguments[i]);
        }

        printer.Write(") ");
        printer.WriteRegion(body, printEntryArguments: false);
    }

    /// <summary>
    /// Parses the short form <c>{ arith.addf {…} }</c> of a body with one operation; null when there is none.
    /// </summary>
    public static (OpDefinition Definition, List<NamedAttribute> Attributes, Location Location)? TryParsePayload(
        AsmParser parser
    )
    {
        if (!parser.TryConsume("{"))
        {
            return null;
        }

        var at = parser.CurrentLocation;
        var name = parser.ParseKeyword();
        while (parser.TryConsume("."))
        {
            name += "." + parser.ParseKeyword();
        }

        var definition = parser.Dialects.FindOp(name) ?? throw parser.Error($"the operation '{name}' is not known", at);
        var state = new OperationState(definition, at);
        parser.ParseOptionalAttrDict(state);
        parser.Expect("}");
        return (definition, state.Attributes, at);
    }

    /// <summary>
    /// Builds the body for the short form from the operands that the state has: the operation takes the elements of the inputs, or, where
    /// <paramref name="initFirst"/> is set, those of the destinations and then of the inputs.
    /// </summary>
    public static void AddPayloadBody(
        AsmParser parser,
        OperationState state,
        (OpDefinition Definition, List<NamedAttribute> Attributes, Location Location) payload,
        bool initFirst
    )
    {
        var region = new Region();
        var types = state.Operands.Select(o => ShapeFacts.ElementOf(o.Type)).ToArray();
        var block = region.AddBlock(types);
        var inner = new OperationState(payload.Definition, payload.Location);
        inner.Attributes.AddRange(payload.Attributes);
        if (types.Length == 0)
        {
            throw parser.Error("expected a destination", payload.Location);
        }

        if (initFirst)
        {
            inner.Operands.AddRange(block.Arguments.Skip(types.Length / 2));
            inner.Operands.AddRange(block.Arguments.Take(types.Length / 2));
        }
        else
        {
            inner.Operands.AddRange(block.Arguments.Take(types.Length - 1));
        }

        inner.ResultTypes.Add(types[^1]);
        var op = inner.Create();
        block.Insert(op);
        block.Insert(new YieldOp(payload.Location, [op.Results[0]]));
        state.Regions.Add(region);
    }

    /// <summary>The operation of a body that fits the short form, or null.</summary>
    public static Operation? PayloadOf(Region body, bool initFirst)
    {
        if (
            !body.HasOneBlock
            || body.Single is not { First: { Next: YieldOp { Next: null } yield } payload } block
            || payload.Results.Count != 1
            || payload.Regions.Count != 0
            || yield.Values.Count != 1
            || yield.Values[0] != payload.Results[0]
            || block.Arguments.Count == 0
        )
        {
            return null;
        }

        var count = block.Arguments.Count;
        IEnumerable<Value> expected = initFirst
            ? block.Arguments.Skip(count / 2).Concat(block.Arguments.Take(count / 2))
            : block.Arguments.Take(count - 1);
        return payload.Operands.SequenceEqual(expected) && payload.Results[0].Type == block.Arguments[^1].Type
            ? payload
            : null;
    }

    /// <summary>Prints <c> { arith.addf {…} }</c>.</summary>
    public static void PrintPayload(AsmPrinter printer, Operation payload)
    {
        printer.Write(" { ");
        printer.Write(payload.Name);
        var attributes = payload.Attributes.Where(a => !IsDefault(a)).ToArray();
        if (attributes.Length > 0)
        {
            printer.Write(' ');
            printer.WriteDictionary(attributes);
        }

        printer.Write(" }");
    }

    private static bool IsDefault(NamedAttribute attribute) =>
        attribute.Name == "fastmath" && attribute.Value.ToString()!.Contains("none", StringComparison.Ordinal);

    /// <summary>Prints what follows the operands of most named operations: attributes and result types.</summary>
    public static void PrintResults(AsmPrinter printer, Operation op)
    {
        if (op.Results.Count > 0)
        {
            printer.WriteArrowTypeList(op.Results.Select(r => r.Type));
        }
    }

    /// <summary>Whether the destinations are in memory, and then what the operation does to it.</summary>
    public static MemoryEffects EffectsOf(OperandList inputs, OperandList outputs)
    {
        foreach (var output in outputs)
        {
            if (output.Type is MemRefType)
            {
                return MemoryEffects.Read | MemoryEffects.Write;
            }
        }

        foreach (var input in inputs)
        {
            if (input.Type is MemRefType)
            {
                return MemoryEffects.Read;
            }
        }

        return MemoryEffects.None;
    }
}
