using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A reference to an operation by its symbol, <c>@module::@function</c>.</summary>
public sealed record SymbolRefAttr : IrAttribute
{
    private SymbolRefAttr(EquatableArray<string> path) => Path = path;

    /// <summary>The symbols from the outermost inwards; never empty.</summary>
    public EquatableArray<string> Path { get; }

    /// <summary>The outermost symbol.</summary>
    public string Root => Path[0];

    /// <summary>The innermost symbol, the one that is meant.</summary>
    public string Leaf => Path[^1];

    /// <summary>The reference through <paramref name="path"/>.</summary>
    public static SymbolRefAttr Get(params ReadOnlySpan<string> path) =>
        Intern(new SymbolRefAttr(EquatableArray.Create(path)));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        for (var i = 0; i < Path.Count; i++)
        {
            printer.Write(i == 0 ? "" : "::");
            printer.WriteSymbolName(Path[i]);
        }
    }
}
