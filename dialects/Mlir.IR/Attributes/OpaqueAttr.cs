using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An attribute of a dialect that is not registered, kept as written: <c>#dialect.name&lt;…&gt;</c>.</summary>
public sealed record OpaqueAttr : IrAttribute
{
    private OpaqueAttr(string dialect, string text) => (Dialect, Text) = (dialect, text);

    /// <summary>The dialect's name.</summary>
    public string Dialect { get; }

    /// <summary>What follows the dialect's name: <c>.name&lt;…&gt;</c> or <c>&lt;…&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The attribute that prints as <c>#</c>, the dialect and <paramref name="text"/>.</summary>
    public static OpaqueAttr Get(string dialect, string text) => Intern(new OpaqueAttr(dialect, text));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write('#');
        printer.Write(Dialect);
        printer.Write(Text);
    }
}
