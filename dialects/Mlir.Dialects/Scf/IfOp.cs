using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>Runs one of two regions; the second may be missing when there are no results.</summary>
/// <example><code>%r = scf.if %c -> (f64) { scf.yield %a : f64 } else { scf.yield %b : f64 }</code></example>
[Op("scf.if")]
public sealed partial class IfOp : Operation, IRecursiveEffects, ISingleBlock
{
    /// <summary>Whether the first region runs.</summary>
    [Operand<I1>]
    public partial Value Condition { get; }

    /// <summary>The values that the region that ran yields.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>What runs for a true condition.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region ThenRegion { get; }

    /// <summary>What runs for a false condition; may be empty.</summary>
    [Region(MaxBlocks = 1)]
    public partial Region ElseRegion { get; }

    /// <summary>
    /// The name of an optional attribute that says how often each side runs, as <c>branch_weights</c> of <c>cf.cond_br</c>, which it becomes.
    /// </summary>
    public const string WeightsName = "branch_weights";

    /// <summary>The block of the first region.</summary>
    public Block ThenBlock => ThenRegion.Single;

    /// <summary>The block of the second region, or null.</summary>
    public Block? ElseBlock => ElseRegion.First;

    /// <summary>A condition with empty blocks that have no terminators yet.</summary>
    public static IfOp Create(
        Location location,
        Value condition,
        ReadOnlySpan<IrType> resultTypes,
        bool withElse = true
    )
    {
        var op = new IfOp(location, condition, resultTypes);
        op.ThenRegion.AddBlock();
        if (withElse)
        {
            op.ElseRegion.AddBlock();
        }

        return op;
    }

    /// <summary>Parses <c>%c [-> (types)] { … } [else { … }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.Resolve(parser.ParseOperand(), IntegerType.I1, state);
        if (parser.TryConsume("->"))
        {
            state.ResultTypes.AddRange(parser.ParseArrowTypeList());
        }

        var then = parser.ParseRegion();
        ScfSyntax.EnsureYield(parser, then);
        state.Regions.Add(then);
        var otherwise = new Region();
        if (parser.TryConsume("else"))
        {
            otherwise = parser.ParseRegion();
            ScfSyntax.EnsureYield(parser, otherwise);
        }

        state.Regions.Add(otherwise);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Condition);
        if (Results.Count > 0)
        {
            printer.Write(" -> (");
            printer.WriteTypes(Results.Select(r => r.Type));
            printer.Write(')');
        }

        printer.Write(' ');
        printer.WriteRegion(
            ThenRegion,
            printEntryArguments: false,
            printTerminator: ScfSyntax.NeedsTerminator(ThenRegion)
        );
        if (!ElseRegion.IsEmpty)
        {
            printer.Write(" else ");
            printer.WriteRegion(
                ElseRegion,
                printEntryArguments: false,
                printTerminator: ScfSyntax.NeedsTerminator(ElseRegion)
            );
        }

        printer.WriteAttrDict(this);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var types = ScfSyntax.TypesOf(Results);
        if (types.Length > 0 && ElseRegion.IsEmpty)
        {
            verifier.Error(this, "must have an else block if defining values");
        }

        if (ThenRegion.First is { Arguments.Count: > 0 } || ElseRegion.First is { Arguments.Count: > 0 })
        {
            verifier.Error(this, "region entry blocks take no arguments");
        }

        ScfSyntax.VerifyYield(this, ThenRegion, types, "the then region", verifier);
        ScfSyntax.VerifyYield(this, ElseRegion, types, "the else region", verifier);
    }
}
