using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>A counted loop; values carried from one iteration to the next are its results.</summary>
/// <example><code>%sum = scf.for %i = %lower to %upper step %step iter_args(%a = %zero) -> (f64) { … scf.yield %b : f64 }</code></example>
[Op("scf.for")]
public sealed partial class ForOp : Operation, ILoopLike, IRecursiveEffects, ISingleBlock
{
    /// <summary>The first value of the induction variable.</summary>
    [Operand<SignlessIntegerOrIndex>]
    public partial Value LowerBound { get; }

    /// <summary>The value at which the loop ends, itself left out.</summary>
    [Operand<SignlessIntegerOrIndex>(SameTypeAs = nameof(LowerBound))]
    public partial Value UpperBound { get; }

    /// <summary>What is added after each iteration; positive.</summary>
    [Operand<SignlessIntegerOrIndex>(SameTypeAs = nameof(LowerBound))]
    public partial Value Step { get; }

    /// <summary>The first values of the carried variables.</summary>
    [Operand<AnyType>]
    public partial OperandList InitArgs { get; }

    /// <summary>Whether the induction variable is compared as an unsigned number.</summary>
    [Attr]
    public partial bool UnsignedCmp { get; }

    /// <summary>The values carried out of the last iteration.</summary>
    [Result<AnyType>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>The iteration: takes the induction variable and the carried values.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region Region { get; }

    /// <summary>The block of the iteration.</summary>
    public Block Body => Region.Single;

    /// <summary>The induction variable.</summary>
    public BlockArgument InductionVar => Body.Arguments[0];

    /// <summary>The carried values at the start of an iteration.</summary>
    public IEnumerable<BlockArgument> RegionIterArgs => Body.Arguments.Skip(1);

    /// <inheritdoc/>
    public Region LoopBody => Region;

    /// <summary>A loop with an empty body block that has the right arguments and no terminator yet.</summary>
    public static ForOp Create(
        Location location,
        Value lowerBound,
        Value upperBound,
        Value step,
        params ReadOnlySpan<Value> initArgs
    )
    {
        var types = ScfSyntax.TypesOf(initArgs.ToArray());
        var loop = new ForOp(location, lowerBound, upperBound, step, initArgs, types);
        loop.Region.AddBlock([lowerBound.Type, .. types]);
        return loop;
    }

    /// <summary>Parses <c>[unsigned] %i = %a to %b step %c [iter_args(…) -> (…)] [: type] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryConsume("unsigned"))
        {
            state.SetAttribute("unsignedCmp", UnitAttr.Instance);
        }

        var arguments = new List<RegionArgument> { parser.ParseRegionArgument() };
        parser.Expect("=");
        var lowerBound = parser.ParseOperand();
        parser.Expect("to");
        var upperBound = parser.ParseOperand();
        parser.Expect("step");
        var step = parser.ParseOperand();
        var initial = new List<UnresolvedOperand>();
        var types = new List<IrType>();
        if (parser.TryConsume("iter_args"))
        {
            initial = ScfSyntax.ParseAssignments(parser, arguments);
            parser.Expect("->");
            types = parser.ParseArrowTypeList();
            ScfSyntax.SetTypes(parser, arguments, 1, types);
        }

        IrType type = parser.TryConsume(":") ? parser.ParseType() : IndexType.Instance;
        ScfSyntax.SetTypes(parser, arguments, 0, [type, .. types]);
        parser.Resolve([lowerBound, upperBound, step], [type, type, type], state);
        parser.Resolve(initial, types, state);
        state.ResultTypes.AddRange(types);
        var region = parser.ParseRegion(arguments);
        ScfSyntax.EnsureYield(parser, region);
        state.Regions.Add(region);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(UnsignedCmp ? " unsigned " : " ");
        printer.WriteOperand(InductionVar);
        printer.Write(" = ");
        printer.WriteOperand(LowerBound);
        printer.Write(" to ");
        printer.WriteOperand(UpperBound);
        printer.Write(" step ");
        printer.WriteOperand(Step);
        if (InitArgs.Count > 0)
        {
            printer.Write(" iter_args");
            ScfSyntax.WriteAssignments(printer, RegionIterArgs, InitArgs);
            printer.Write(" -> (");
            printer.WriteTypes(InitArgs.Types);
            printer.Write(')');
        }

        if (InductionVar.Type is not IndexType)
        {
            printer.Write(" : ");
            printer.WriteType(InductionVar.Type);
        }

        printer.Write(' ');
        printer.WriteRegion(Region, printEntryArguments: false, printTerminator: ScfSyntax.NeedsTerminator(Region));
        printer.WriteAttrDict(this, "unsignedCmp");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var types = ScfSyntax.TypesOf(Results);
        if (InitArgs.Count != types.Length)
        {
            verifier.Error(
                this,
                $"mismatch in number of loop-carried values and defined values: {InitArgs.Count} and {types.Length}"
            );
        }
        else if (Body.Arguments.Count != types.Length + 1)
        {
            verifier.Error(
                this,
                $"different number of inits and region iter_args: {types.Length} != {Body.Arguments.Count - 1}"
            );
        }
        else if (InductionVar.Type != LowerBound.Type)
        {
            verifier.Error(this, "expected induction variable to be same type as bounds and step");
        }
        else
        {
            for (var i = 0; i < types.Length; i++)
            {
                if (InitArgs[i].Type != Body.Arguments[i + 1].Type || InitArgs[i].Type != types[i])
                {
                    verifier.Error(
                        this,
                        $"{i}-th init, region iter_arg and result have different types: '{InitArgs[i].Type}', '{Body.Arguments[i + 1].Type}' and '{types[i]}'"
                    );
                    return;
                }
            }

            ScfSyntax.VerifyYield(this, Region, types, "the body", verifier);
        }
    }
}
