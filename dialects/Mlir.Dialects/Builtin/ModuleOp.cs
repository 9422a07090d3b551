using Mlir.IR.Text;

namespace Mlir.Dialects.Builtin;

/// <summary>A container of functions and other symbols; the top of every file.</summary>
/// <example><code>module @name attributes {a = 1 : i32} { … }</code></example>
[Op("builtin.module")]
public sealed partial class ModuleOp : Operation, ISymbolTable, ISymbol, IIsolatedFromAbove, ISingleBlock, INoTerminator
{
    /// <summary>The module's own symbol, if it has one.</summary>
    [Attr(Name = "sym_name")]
    public partial string? SymName { get; }

    /// <summary>Who may refer to the symbol: <c>public</c> (also when absent), <c>private</c> or <c>nested</c>.</summary>
    [Attr(Name = "sym_visibility")]
    public partial string? SymVisibility { get; }

    /// <summary>One block that holds the symbols.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region BodyRegion { get; }

    /// <summary>The only block.</summary>
    public Block Body => BodyRegion.Single;

    /// <inheritdoc/>
    public string? SymbolName => SymName;

    /// <summary>An empty module, ready to take functions.</summary>
    public static ModuleOp Create(Location location, string? name = null)
    {
        var module = new ModuleOp(location, name);
        module.BodyRegion.AddBlock();
        return module;
    }

    /// <summary>Parses <c>@name attributes {…} { … }</c>, name and attributes optional.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryParseSymbolName(out var name))
        {
            state.SetAttribute("sym_name", StringAttr.Get(name));
        }

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
        if (SymName is { } name)
        {
            printer.Write(' ');
            printer.WriteSymbolName(name);
        }

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

        if (Body.Arguments.Count != 0)
        {
            verifier.Error(this, "the body takes no arguments");
        }

        var symbols = new SymbolTable(this);
        foreach (var op in Walk())
        {
            if (op is ISymbolUser user && ReferenceEquals(op.ParentOfType<ISymbolTable>(), this))
            {
                user.VerifySymbolUses(symbols, verifier);
            }
        }
    }
}
