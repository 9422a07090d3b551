using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>A structured operation with subscripts, loops and body of its own.</summary>
/// <example><code>
/// %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
///     ins(%x : tensor&lt;?xf32>) outs(%e : tensor&lt;?xf32>) {
/// ^bb0(%in: f32, %out: f32):
///   %s = arith.addf %in, %in : f32
///   linalg.yield %s : f32
/// } -> tensor&lt;?xf32>
/// </code></example>
[Op("linalg.generic")]
public sealed partial class GenericOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read: arrays or scalars.</summary>
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    /// <summary>The destinations.</summary>
    [Operand<AnyShaped>]
    public partial OperandList Outputs { get; }

    /// <summary>For each input and destination its subscripts as a function of the loops.</summary>
    [Attr(Name = "indexing_maps")]
    public partial ArrayAttr IndexingMaps { get; }

    /// <summary>The kind of each loop, from the outermost inwards.</summary>
    [Attr(Name = "iterator_types")]
    public partial ArrayAttr IteratorTypes { get; }

    /// <summary>A note for readers.</summary>
    [Attr]
    public partial string? Doc { get; }

    /// <summary>The function of a library that does the same.</summary>
    [Attr(Name = "library_call")]
    public partial string? LibraryCall { get; }

    /// <summary>Takes an element of each operand and yields one for each destination.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>An operation whose body <paramref name="body"/> fills in: it gets a builder and the elements, and returns what to yield.</summary>
    public static GenericOp Build(
        Location location,
        ReadOnlySpan<Value> inputs,
        ReadOnlySpan<Value> outputs,
        IEnumerable<AffineMap> maps,
        IEnumerable<IteratorType> iterators,
        Func<OpBuilder, IReadOnlyList<BlockArgument>, IReadOnlyList<Value>> body
    )
    {
        var tensors = new List<IrType>();
        foreach (var output in outputs)
        {
            if (output.Type is RankedTensorType)
            {
                tensors.Add(output.Type);
            }
        }

        var op = new GenericOp(
            location,
            inputs,
            outputs,
            ArrayAttr.Get([.. maps.Select(AffineMapAttr.Get)]),
            ArrayAttr.Get([.. iterators.Select(EnumAttr<IteratorType>.Get)]),
            tensors.ToArray()
        );
        var block = op.Body.AddBlock();
        foreach (var operand in op.Operands)
        {
            block.AddArgument(ShapeFacts.ElementOf(operand.Type), location);
        }

        var builder = new OpBuilder(block);
        var yielded = body(builder, block.Arguments);
        builder.Insert(new YieldOp(location, [.. yielded]));
        return op;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList
    {
        get
        {
            var maps = new AffineMap[IndexingMaps.Items.Count];
            for (var i = 0; i < maps.Length; i++)
            {
                maps[i] = ((AffineMapAttr)IndexingMaps.Items[i]).Map;
            }

            return maps;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList
    {
        get
        {
            var types = new IteratorType[IteratorTypes.Items.Count];
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = ((EnumAttr<IteratorType>)IteratorTypes.Items[i]).Value;
            }

            return types;
        }
    }

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <summary>Parses <c>{maps, iterators} [ins(…)] outs(…) [attrs = {…}] { … } [-> types]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var at = parser.CurrentLocation;
        parser.ParseOptionalAttrDict(state);
        if (state.GetAttribute("iterator_types") is ArrayAttr names)
        {
            var kinds = new IrAttribute[names.Items.Count];
            for (var i = 0; i < kinds.Length; i++)
            {
                kinds[i] =
                    names.Items[i] is StringAttr text && EnumKeywords<IteratorType>.TryParse(text.Value, out var kind)
                        ? EnumAttr<IteratorType>.Get(kind)
                        : throw parser.Error($"unexpected iterator_type ({names.Items[i]})", at);
            }

            state.SetAttribute("iterator_types", ArrayAttr.Get(kinds));
        }

        var (inputs, outputs) = LinalgForm.ParseOperands(parser, state, addResults: false);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(inputs, outputs));
        if (parser.TryConsume("attrs"))
        {
            parser.Expect("=");
            foreach (var item in parser.ParseOptionalDictionary().Items)
            {
                state.SetAttribute(item.Name, item.Value);
            }
        }

        state.Regions.Add(parser.ParseRegion());
        if (parser.TryConsume("->"))
        {
            if (parser.TryConsume("("))
            {
                state.ResultTypes.AddRange(parser.ParseTypeList());
                parser.Expect(")");
            }
            else
            {
                state.ResultTypes.AddRange(parser.ParseTypeList());
            }
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        var traits = new List<NamedAttribute>();
        if (Doc is { } doc)
        {
            traits.Add(new NamedAttribute("doc", StringAttr.Get(doc)));
        }

        traits.Add(new NamedAttribute("indexing_maps", IndexingMaps));
        traits.Add(
            new NamedAttribute(
                "iterator_types",
                ArrayAttr.Get([
                    .. IteratorTypeList.Select(t => (IrAttribute)StringAttr.Get(EnumKeywords<IteratorType>.ToText(t))),
                ])
            )
        );
        if (LibraryCall is { } call)
        {
            traits.Add(new NamedAttribute("library_call", StringAttr.Get(call)));
        }

        printer.Write(' ');
        printer.WriteDictionary(traits.ToArray());
        LinalgForm.PrintOperands(printer, Inputs, Outputs);
        if (!Discardable.Items.IsEmpty)
        {
            printer.Write(" attrs = ");
            printer.WriteDictionary(Discardable.Items.Span);
        }

        printer.Write(' ');
        printer.WriteRegion(Body);
        if (Results.Count > 0)
        {
            printer.Write(" -> ");
            if (Results.Count > 1)
            {
                printer.Write('(');
            }

            printer.WriteTypes(Results.Select(r => r.Type));
            printer.Write(Results.Count > 1 ? ")" : "");
        }
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        foreach (var map in IndexingMaps.Items)
        {
            if (map is not AffineMapAttr)
            {
                verifier.Error(this, $"expected affine maps in 'indexing_maps', got {map}");
                return;
            }
        }

        foreach (var kind in IteratorTypes.Items)
        {
            if (kind is not EnumAttr<IteratorType>)
            {
                verifier.Error(this, $"expected iterator types in 'iterator_types', got {kind}");
                return;
            }
        }

        LinalgVerifier.Verify(this, verifier);
    }
}
