using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>Runs the region whose case value equals the argument, or the default region.</summary>
/// <example><code>%r = scf.index_switch %i -> f64 case 2 { … } default { … }</code></example>
[Op("scf.index_switch")]
public sealed partial class IndexSwitchOp : Operation, IRecursiveEffects, ISingleBlock
{
    /// <summary>What is compared.</summary>
    [Operand<Index>]
    public partial Value Arg { get; }

    /// <summary>The case values.</summary>
    [Attr]
    public partial DenseArrayAttr Cases { get; }

    /// <summary>The values that the region that ran yields.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>What runs when no case fits.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region DefaultRegion { get; }

    /// <summary>What runs for each case.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial IReadOnlyList<Region> CaseRegions { get; }

    /// <summary>Parses <c>%i {attributes} [-> types] case value { … } … default { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.Resolve(parser.ParseOperand(), IndexType.Instance, state);
        parser.ParseOptionalAttrDict(state);
        if (parser.TryConsume("->"))
        {
            state.ResultTypes.AddRange(parser.ParseArrowTypeList());
        }

        var values = new List<long>();
        var regions = new List<Region>();
        while (parser.TryConsume("case"))
        {
            values.Add(parser.ParseInteger());
            regions.Add(ParseCase(parser));
        }

        parser.Expect("default");
        state.Regions.Add(ParseCase(parser));
        state.Regions.AddRange(regions);
        state.SetAttribute("cases", DenseArrayAttr.I64([.. values]));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Arg);
        printer.WriteAttrDict(this, "cases");
        printer.WriteArrowTypeList(ScfSyntax.TypesOf(Results));
        for (var i = 0; i < CaseRegions.Count; i++)
        {
            printer.NewLine();
            printer.Write($"case {Cases.Values[i]} ");
            printer.WriteRegion(CaseRegions[i], printEntryArguments: false);
        }

        printer.NewLine();
        printer.Write("default ");
        printer.WriteRegion(
            DefaultRegion,
            printEntryArguments: false,
            printTerminator: ScfSyntax.NeedsTerminator(DefaultRegion)
        );
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Cases.Values.Count != CaseRegions.Count)
        {
            verifier.Error(this, $"has {CaseRegions.Count} case regions but {Cases.Values.Count} case values");
            return;
        }

        var seen = new HashSet<long>();
        foreach (var value in Cases.Values)
        {
            if (!seen.Add(value))
            {
                verifier.Error(this, $"has duplicate case value: {value}");
            }
        }

        var types = ScfSyntax.TypesOf(Results);
        ScfSyntax.VerifyYield(this, DefaultRegion, types, "default region", verifier);
        for (var i = 0; i < CaseRegions.Count; i++)
        {
            ScfSyntax.VerifyYield(this, CaseRegions[i], types, $"case region #{i}", verifier);
        }
    }

    private static Region ParseCase(AsmParser parser)
    {
        var region = parser.ParseRegion();
        ScfSyntax.EnsureYield(parser, region);
        return region;
    }
}
