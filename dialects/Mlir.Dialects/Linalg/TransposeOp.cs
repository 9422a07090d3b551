using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Permutes the dimensions of an array.</summary>
/// <example><code>%r = linalg.transpose ins(%a : tensor&lt;?x?xf32>) outs(%t : tensor&lt;?x?xf32>) permutation = [1, 0]</code></example>
[Op("linalg.transpose")]
public sealed partial class TransposeOp : Operation, ILinalgOp, ISingleBlock, IMemoryEffects
{
    /// <summary>What is read.</summary>
    [Operand<AnyShaped>]
    public partial Value Input { get; }

    /// <summary>The destination.</summary>
    [Operand<AnyShaped>]
    public partial Value Init { get; }

    /// <summary>For each dimension of the destination the one of the input.</summary>
    [Attr(Name = "permutation")]
    public partial EquatableArray<long> Permutation { get; }

    /// <summary>Yields the element of the input.</summary>
    [Region(MaxBlocks = 1, MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The new contents of the destinations that are tensors.</summary>
    [Result<RankedTensor>]
    public partial IReadOnlyList<OpResult> Tensors { get; }

    /// <summary>The operation with its body.</summary>
    public static TransposeOp Build(Location location, Value input, Value init, params ReadOnlySpan<long> permutation)
    {
        var op = new TransposeOp(
            location,
            input,
            init,
            EquatableArray.Create(permutation),
            init.Type is RankedTensorType ? [init.Type] : []
        );
        NamedBodies.First(op.Body, op.Operands.Types, location);
        return op;
    }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "transposed";

    /// <inheritdoc/>
    public OperandList Inputs => Operands.Slice(0, 1);

    /// <inheritdoc/>
    public OperandList Outputs => Operands.Slice(1, 1);

    /// <inheritdoc/>
    public IReadOnlyList<AffineMap> IndexingMapList
    {
        get
        {
            var rank = ((ShapedType)Init.Type).Rank;
            var inverse = new int[rank];
            for (var i = 0; i < rank; i++)
            {
                inverse[(int)Permutation[i]] = i;
            }

            return [AffineMap.Select(rank, inverse), AffineMap.Identity(rank)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IteratorType> IteratorTypeList =>
        [.. Enumerable.Repeat(IteratorType.Parallel, ((ShapedType)Init.Type).Rank)];

    /// <inheritdoc/>
    public MemoryEffects Effects => LinalgForm.EffectsOf(Inputs, Outputs);

    /// <summary>Parses <c>ins(…) outs(…) permutation = […] [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        LinalgForm.ParseOperands(parser, state, addResults: false);
        state.SetAttribute("permutation", DimensionsForm.Parse(parser, "permutation"));
        parser.ParseOptionalAttrDict(state);
        if (state.Operands.Count != 2)
        {
            throw parser.Error("expected one input and one destination", state.Location);
        }

        LinalgForm.AddTensorResults(state, 1);
        var body = new Region();
        NamedBodies.First(body, state.Operands.Select(o => o.Type), state.Location);
        state.Regions.Add(body);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        LinalgForm.PrintOperands(printer, Inputs, Outputs);
        DimensionsForm.Print(printer, "permutation", Permutation);
        printer.WriteAttrDict(this, "permutation");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (input, init) = ((ShapedType)Input.Type, (ShapedType)Init.Type);
        if (input.Rank != init.Rank || Permutation.Count != init.Rank)
        {
            verifier.Error(
                this,
                $"size of permutation {Permutation.Count} does not match the argument rank {input.Rank} or the init rank {init.Rank}"
            );
            return;
        }

        if (!Permutation.Order().SequenceEqual(Enumerable.Range(0, init.Rank).Select(d => (long)d)))
        {
            verifier.Error(this, "permutation is not valid");
            return;
        }

        LinalgVerifier.Verify(this, verifier);
    }
}
