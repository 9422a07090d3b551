using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>A general loop: the first region decides whether to go on, the second one is the iteration.</summary>
/// <example><code>%r = scf.while (%x = %init) : (i32) -> i32 { … scf.condition(%c) %x : i32 } do { ^bb0(%y: i32): … scf.yield %z : i32 }</code></example>
[Op("scf.while")]
public sealed partial class WhileOp : Operation, ILoopLike, IRecursiveEffects, ISingleBlock
{
    /// <summary>The first arguments of the first region.</summary>
    [Operand<AnyType>]
    public partial OperandList Inits { get; }

    /// <summary>The values of <c>scf.condition</c> when the loop ends.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>Ends in <c>scf.condition</c>.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region Before { get; }

    /// <summary>Takes the values of <c>scf.condition</c> and yields the next arguments of the first region.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region After { get; }

    /// <summary>The terminator of the first region.</summary>
    public ConditionOp ConditionOp => (ConditionOp)Before.Single.Last!;

    /// <inheritdoc/>
    public Region LoopBody => After;

    /// <summary>A loop with empty blocks that have the right arguments and no terminators yet.</summary>
    public static WhileOp Create(Location location, ReadOnlySpan<Value> inits, ReadOnlySpan<IrType> resultTypes)
    {
        var loop = new WhileOp(location, inits, resultTypes);
        loop.Before.AddBlock(ScfSyntax.TypesOf(inits.ToArray()));
        loop.After.AddBlock(resultTypes);
        return loop;
    }

    /// <summary>Parses <c>[(%x = %init, …)] : (types) -> types { … } do { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var arguments = new List<RegionArgument>();
        var initial = parser.Peek("(") ? ScfSyntax.ParseAssignments(parser, arguments) : [];
        parser.Expect(":");
        var type = parser.ParseFunctionType();
        ScfSyntax.SetTypes(parser, arguments, 0, type.Inputs);
        parser.Resolve(initial, type.Inputs, state);
        state.ResultTypes.AddRange(type.Results);
        state.Regions.Add(parser.ParseRegion(arguments));
        parser.Expect("do");
        var after = parser.ParseRegion();
        if (type.Results.IsEmpty)
        {
            ScfSyntax.EnsureYield(parser, after);
        }

        state.Regions.Add(after);
        parser.ParseOptionalAttrDictWithKeyword(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        if (Inits.Count > 0)
        {
            printer.Write(' ');
            ScfSyntax.WriteAssignments(printer, Before.Single.Arguments, Inits);
        }

        printer.Write(" : ");
        printer.WriteFunctionalType([.. Inits.Types], ScfSyntax.TypesOf(Results));
        printer.Write(' ');
        printer.WriteRegion(Before, printEntryArguments: false);
        printer.Write(" do ");
        printer.WriteRegion(After);
        printer.WriteAttrDictWithKeyword(this);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var results = ScfSyntax.TypesOf(Results);
        var before = ScfSyntax.TypesOf(Before.Single.Arguments);
        if (!before.SequenceEqual(Inits.Types))
        {
            verifier.Error(
                this,
                "expects the initial values to have the types of the arguments of the 'before' region"
            );
        }

        if (Before.Single.Last is not ConditionOp condition)
        {
            verifier.Error(this, "expects the 'before' region to terminate with 'scf.condition'");
            return;
        }

        ScfSyntax.VerifyTypes(this, condition.Args, results, "'scf.condition'", verifier);
        if (!ScfSyntax.TypesOf(After.Single.Arguments).SequenceEqual(condition.Args.Types))
        {
            verifier.Error(
                this,
                "expects the arguments of the 'after' region to have the types of the values of 'scf.condition'"
            );
        }

        ScfSyntax.VerifyYield(this, After, before, "the 'after' region", verifier);
    }
}
