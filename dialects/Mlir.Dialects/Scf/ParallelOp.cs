using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>A nest of counted loops whose iterations may run in any order or at once; results come from reductions.</summary>
/// <example><code>scf.parallel (%i, %j) = (%a, %b) to (%c, %d) step (%e, %f) { … scf.reduce }</code></example>
[Op("scf.parallel")]
public sealed partial class ParallelOp : Operation, ILoopLike, IRecursiveEffects, ISingleBlock
{
    /// <summary>The first value of each induction variable.</summary>
    [Operand<Index>]
    public partial OperandList LowerBound { get; }

    /// <summary>The value at which each loop ends, itself left out.</summary>
    [Operand<Index>]
    public partial OperandList UpperBound { get; }

    /// <summary>What is added to each induction variable; positive.</summary>
    [Operand<Index>]
    public partial OperandList Step { get; }

    /// <summary>The values that the reductions start from.</summary>
    [Operand<AnyType>]
    public partial OperandList InitVals { get; }

    /// <summary>The reduced values.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>One iteration: takes the induction variables and ends in <c>scf.reduce</c>.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region Region { get; }

    /// <summary>The block of the iteration.</summary>
    public Block Body => Region.Single;

    /// <summary>The number of loops.</summary>
    public int LoopCount => LowerBound.Count;

    /// <inheritdoc/>
    public Region LoopBody => Region;

    /// <summary>A nest with an empty body block that has the induction variables and no terminator yet.</summary>
    public static ParallelOp Create(
        Location location,
        ReadOnlySpan<Value> lowerBound,
        ReadOnlySpan<Value> upperBound,
        ReadOnlySpan<Value> step,
        params ReadOnlySpan<Value> initVals
    )
    {
        var loop = new ParallelOp(
            location,
            lowerBound,
            upperBound,
            step,
            initVals,
            ScfSyntax.TypesOf(initVals.ToArray())
        );
        var block = loop.Region.AddBlock();
        for (var i = 0; i < lowerBound.Length; i++)
        {
            block.AddArgument(IndexType.Instance, location);
        }

        return loop;
    }

    /// <summary>Parses <c>(%i, …) = (%a, …) to (%b, …) step (%c, …) [init (%x, …) -> types] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var arguments = parser.ParseRegionArgumentList("(", ")", allowType: false);
        var index = new IrType[arguments.Count];
        Array.Fill(index, IndexType.Instance);
        ScfSyntax.SetTypes(parser, arguments, 0, index);
        parser.Expect("=");
        parser.Resolve(parser.ParseOperandList("(", ")"), index, state);
        parser.Expect("to");
        parser.Resolve(parser.ParseOperandList("(", ")"), index, state);
        parser.Expect("step");
        parser.Resolve(parser.ParseOperandList("(", ")"), index, state);
        var initial = parser.TryConsume("init") ? parser.ParseOperandList("(", ")") : [];
        if (parser.TryConsume("->"))
        {
            state.ResultTypes.AddRange(parser.ParseArrowTypeList());
        }

        parser.Resolve(initial, [.. state.ResultTypes], state);
        state.SetAttribute(
            "operandSegmentSizes",
            DenseArrayAttr.I32(index.Length, index.Length, index.Length, initial.Count)
        );
        var region = parser.ParseRegion(arguments);
        parser.EnsureTerminator(region, location => new ReduceOp(location, [], 0));
        state.Regions.Add(region);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(" (");
        printer.WriteOperands(Body.Arguments);
        printer.Write(") = (");
        printer.WriteOperands(LowerBound);
        printer.Write(") to (");
        printer.WriteOperands(UpperBound);
        printer.Write(") step (");
        printer.WriteOperands(Step);
        printer.Write(')');
        if (InitVals.Count > 0)
        {
            printer.Write(" init (");
            printer.WriteOperands(InitVals);
            printer.Write(')');
        }

        printer.WriteArrowTypeList(ScfSyntax.TypesOf(Results));
        printer.Write(' ');
        printer.WriteRegion(Region, printEntryArguments: false);
        printer.WriteAttrDict(this, "operandSegmentSizes");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (LoopCount == 0)
        {
            verifier.Error(this, "needs at least one tuple element for lowerBound, upperBound and step");
        }
        else if (UpperBound.Count != LoopCount || Step.Count != LoopCount || Body.Arguments.Count != LoopCount)
        {
            verifier.Error(
                this,
                "expects the same number of lower bounds, upper bounds, steps and induction variables"
            );
        }
        else if (Body.Arguments.Any(a => a.Type is not IndexType))
        {
            verifier.Error(this, "expects arguments for the induction variable to be of index type");
        }
        else if (Body.Last is not ReduceOp reduce)
        {
            verifier.Error(this, "expects body to terminate with 'scf.reduce'");
        }
        else if (reduce.Operands.Count != Results.Count)
        {
            verifier.Error(
                this,
                $"expects number of results: {Results.Count} to be the same as number of reductions: {reduce.Operands.Count}"
            );
        }
        else if (InitVals.Count != Results.Count)
        {
            verifier.Error(
                this,
                $"expects number of results: {Results.Count} to be the same as number of initial values: {InitVals.Count}"
            );
        }
        else if (
            !ScfSyntax.TypesOf(Results).SequenceEqual(InitVals.Types)
            || !InitVals.Types.SequenceEqual(reduce.Operands.Types)
        )
        {
            verifier.Error(this, "expects results, initial values and reductions to have the same types");
        }
    }
}
