using Mlir.IR.Text;

namespace Mlir.Dialects.Flow;

/// <summary>A graph of tasks. Its terminator names the wanted values.</summary>
/// <example><code>
/// flow.graph @twice {
///   %x = flow.input "x" : !flow.data&lt;"Tensor&lt;double&gt;"&gt;
///   %by = flow.literal 2.0 : f64 -> !flow.data&lt;"double"&gt;
///   %y = flow.task "example.scale" by "Plugin.Fused" on "cpu"(%x, %by) : (…) -> …
///   flow.yield %y : !flow.data&lt;"Tensor&lt;double&gt;"&gt;
/// }
/// </code></example>
[Op("flow.graph")]
public sealed partial class GraphOp : Operation, ISymbol, IIsolatedFromAbove, ISingleBlock
{
    /// <summary>The graph's symbol.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>One block without arguments that holds the tasks.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region BodyRegion { get; }

    /// <summary>The only block.</summary>
    public Block Body => BodyRegion.Single;

    /// <summary>The terminator.</summary>
    public YieldOp Yield => (YieldOp)Body.Last!;

    string? ISymbol.SymbolName => SymName;

    /// <summary>An empty graph without a terminator.</summary>
    public static GraphOp Create(Location location, string name)
    {
        var graph = new GraphOp(location, name);
        graph.BodyRegion.AddBlock();
        return graph;
    }

    /// <summary>Parses <c>@name [attributes {…}] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        parser.ParseOptionalAttrDictWithKeyword(state);
        state.Regions.Add(parser.ParseRegion());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteSymbolName(SymName);
        printer.WriteAttrDictWithKeyword(this, "sym_name");
        printer.Write(' ');
        printer.WriteRegion(BodyRegion);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!BodyRegion.HasOneBlock)
        {
            return;
        }

        if (Body.Last is not YieldOp)
        {
            verifier.Error(this, "must end with 'flow.yield'");
        }

        if (Body.Arguments.Count > 0)
        {
            verifier.Error(this, "takes no arguments: what comes from outside is a 'flow.input'");
        }

        var inputs = new Dictionary<string, IrType>(StringComparer.Ordinal);
        for (var op = Body.First; op is not null; op = op.Next)
        {
            if (op is not (IFlowTask or ElementOp or LiteralOp or InputOp or RunOp or FusedOp or YieldOp))
            {
                verifier.Error(op, "cannot be part of a graph");
            }
            else if (
                op is InputOp input
                && !inputs.TryAdd(input.Name, input.Value.Type)
                && inputs[input.Name] != input.Value.Type
            )
            {
                verifier.Error(op, $"is of the type {inputs[input.Name]} elsewhere in this graph");
            }
        }
    }
}
