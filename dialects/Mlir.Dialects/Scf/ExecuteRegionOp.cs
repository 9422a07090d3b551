using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>Runs a region of several blocks inside structured control flow.</summary>
/// <example><code>%r = scf.execute_region -> i64 { … scf.yield %x : i64 }</code></example>
[Op("scf.execute_region")]
public sealed partial class ExecuteRegionOp : Operation, IRecursiveEffects
{
    /// <summary>Whether the region must stay as it is.</summary>
    [Attr(Name = "no_inline")]
    public partial bool NoInline { get; }

    /// <summary>The values that the region yields.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>What runs.</summary>
    [Region(MinBlocks = 1)]
    public partial Region Region { get; }

    /// <summary>Parses <c>[-> types] [no_inline] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryConsume("->"))
        {
            state.ResultTypes.AddRange(parser.ParseArrowTypeList());
        }

        if (parser.TryConsume("no_inline"))
        {
            state.SetAttribute("no_inline", UnitAttr.Instance);
        }

        state.Regions.Add(parser.ParseRegion());
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.WriteArrowTypeList(ScfSyntax.TypesOf(Results));
        printer.Write(NoInline ? " no_inline " : " ");
        printer.WriteRegion(Region, printEntryArguments: false);
        printer.WriteAttrDict(this, "no_inline");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Region.First is { Arguments.Count: > 0 })
        {
            verifier.Error(this, "region cannot have any arguments");
        }

        ScfSyntax.VerifyYield(this, Region, ScfSyntax.TypesOf(Results), "the region", verifier);
    }
}
