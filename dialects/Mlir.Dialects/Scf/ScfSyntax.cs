using Mlir.IR.Text;

namespace Mlir.Dialects.Scf;

/// <summary>Pieces of syntax and rules that several operations share.</summary>
internal static class ScfSyntax
{
    /// <summary>Parses <c>(%argument = %initial, …)</c>; the arguments have no types yet.</summary>
    public static List<UnresolvedOperand> ParseAssignments(AsmParser parser, List<RegionArgument> arguments)
    {
        var initial = new List<UnresolvedOperand>();
        parser.Expect("(");
        if (parser.TryConsume(")"))
        {
            return initial;
        }

        do
        {
            arguments.Add(parser.ParseRegionArgument());
            parser.Expect("=");
            initial.Add(parser.ParseOperand());
        } while (parser.TryConsume(","));
        parser.Expect(")");
        return initial;
    }

    /// <summary>Gives <paramref name="arguments"/> from <paramref name="start"/> on the <paramref name="types"/>.</summary>
    public static void SetTypes(
        AsmParser parser,
        List<RegionArgument> arguments,
        int start,
        IReadOnlyList<IrType> types
    )
    {
        if (arguments.Count - start != types.Count)
        {
            throw parser.Error(
                $"mismatch in number of loop-carried values and defined values: {arguments.Count - start} and {types.Count}"
            );
        }

        for (var i = 0; i < types.Count; i++)
        {
            arguments[start + i].Type = types[i];
        }
    }

    /// <summary>Writes <c>(%argument = %initial, …)</c>.</summary>
    public static void WriteAssignments(AsmPrinter printer, IEnumerable<BlockArgument> arguments, OperandList initial)
    {
        printer.Write('(');
        var i = 0;
        foreach (var argument in arguments)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteOperand(argument);
            printer.Write(" = ");
            printer.WriteOperand(initial[i++]);
        }

        printer.Write(')');
    }

    /// <summary>Gives the last block of <paramref name="region"/> an empty <c>scf.yield</c> if it has no terminator.</summary>
    public static void EnsureYield(AsmParser parser, Region region) =>
        parser.EnsureTerminator(region, location => new YieldOp(location, []));

    /// <summary>Whether the terminator of a single-block region says something and must be printed.</summary>
    public static bool NeedsTerminator(Region region) =>
        !region.HasOneBlock || region.First!.Last is not YieldOp { Operands.Count: 0, Discardable.Items.IsEmpty: true };

    /// <summary>Checks that a region ends in a yield of values of <paramref name="types"/>.</summary>
    public static void VerifyYield(
        Operation op,
        Region region,
        IReadOnlyList<IrType> types,
        string what,
        OpVerifier verifier
    )
    {
        for (var block = region.First; block is not null; block = block.Next)
        {
            if (block.Last is YieldOp yield)
            {
                VerifyTypes(op, yield.Operands, types, what, verifier);
            }
            else if (region.HasOneBlock && block.Last is not (null or UnregisteredOp))
            {
                verifier.Error(op, $"expects {what} to end with 'scf.yield', got '{block.Last.Name}'");
            }
        }
    }

    /// <summary>Checks the types of the values that leave a region.</summary>
    public static void VerifyTypes(
        Operation op,
        OperandList values,
        IReadOnlyList<IrType> types,
        string what,
        OpVerifier verifier
    )
    {
        if (values.Count != types.Count)
        {
            verifier.Error(op, $"expects {what} to yield {types.Count} values, got {values.Count}");
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (values[i].Type != types[i])
            {
                verifier.Error(
                    op,
                    $"along control flow edge from {what}: operand type #{i} '{values[i].Type}' should match '{types[i]}'"
                );
            }
        }
    }

    /// <summary>The types of results or arguments.</summary>
    public static IrType[] TypesOf(IEnumerable<Value> values) => [.. values.Select(v => v.Type)];
}
