using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>The functions that run on the device; compiled on their own.</summary>
/// <example><code>gpu.module @kernels { … }</code></example>
[Op("gpu.module")]
public sealed partial class GPUModuleOp
    : Operation,
        ISymbolTable,
        ISymbol,
        IIsolatedFromAbove,
        ISingleBlock,
        INoTerminator
{
    /// <summary>The module's symbol.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>One block that holds the functions.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region BodyRegion { get; }

    /// <summary>The only block.</summary>
    public Block Body => BodyRegion.Single;

    /// <inheritdoc/>
    public string? SymbolName => SymName;

    /// <summary>An empty module, ready to take functions.</summary>
    public static GPUModuleOp Create(Location location, string name)
    {
        var module = new GPUModuleOp(location, name);
        module.BodyRegion.AddBlock();
        return module;
    }

    /// <summary>Parses <c>@name [attributes {…}] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        parser.ParseOptionalAttrDictWithKeyword(state);
        var body = parser.ParseRegion();
        if (body.IsEmpty)
        {
            body.AddBlock();
        }

        state.Regions.Add(body);
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
}
