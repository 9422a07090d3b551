using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A type of a dialect that is not registered, kept as written: <c>!dialect&lt;"text"&gt;</c>.</summary>
public sealed record OpaqueType : IrType
{
    private OpaqueType(string dialect, string text) => (Dialect, Text) = (dialect, text);

    /// <summary>The dialect's name.</summary>
    public string Dialect { get; }

    /// <summary>What follows the dialect's name: <c>.name&lt;…&gt;</c> or <c>&lt;…&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The type that prints as <c>!</c>, the dialect and <paramref name="text"/>.</summary>
    public static OpaqueType Get(string dialect, string text) => Intern(new OpaqueType(dialect, text));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write('!');
        printer.Write(Dialect);
        printer.Write(Text);
    }
}
