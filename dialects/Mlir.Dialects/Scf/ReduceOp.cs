using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>Ends an iteration of <c>scf.parallel</c>: combines each operand with the result so far by a region of two arguments.</summary>
/// <example><code>scf.reduce(%x : f64) { ^bb0(%a: f64, %b: f64): %c = arith.addf %a, %b : f64 scf.reduce.return %c : f64 }</code></example>
[Op("scf.reduce")]
public sealed partial class ReduceOp : Operation, ITerminator, IRecursiveEffects
{
    /// <summary>What this iteration contributes to each result.</summary>
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    /// <summary>How two contributions combine, one region an operand.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial IReadOnlyList<Region> Reductions { get; }

    /// <summary>Parses <c>[(%x, … : types)] { … }, { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var count = 0;
        if (parser.TryConsume("("))
        {
            var operands = parser.ParseOperandList();
            count = operands.Count;
            if (count > 0)
            {
                parser.Expect(":");
                parser.Resolve(operands, parser.ParseTypeList(), state);
            }

            parser.Expect(")");
        }

        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                parser.Expect(",");
            }

            state.Regions.Add(parser.ParseRegion());
        }

        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        if (Operands.Count > 0)
        {
            printer.Write('(');
            printer.WriteOperands(Operands);
            printer.Write(" : ");
            printer.WriteTypes(Operands.Types);
            printer.Write(')');
        }

        for (var i = 0; i < Reductions.Count; i++)
        {
            printer.Write(i == 0 ? " " : ", ");
            printer.WriteRegion(Reductions[i]);
        }

        printer.WriteAttrDict(this);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not (null or UnregisteredOp or ParallelOp))
        {
            verifier.Error(this, "expects parent op 'scf.parallel'");
        }

        if (Reductions.Count != Operands.Count)
        {
            verifier.Error(this, $"expects one region for each operand, got {Reductions.Count} and {Operands.Count}");
            return;
        }

        for (var i = 0; i < Reductions.Count; i++)
        {
            var (block, type) = (Reductions[i].Single, Operands[i].Type);
            if (block.Arguments.Count != 2 || block.Arguments[0].Type != type || block.Arguments[1].Type != type)
            {
                verifier.Error(this, $"expects two block arguments of type '{type}' in reduction {i}");
            }
            else if (block.Last is not ReduceReturnOp result || result.Result.Type != type)
            {
                verifier.Error(this, $"expects reduction {i} to end with 'scf.reduce.return' of type '{type}'");
            }
        }
    }
}
