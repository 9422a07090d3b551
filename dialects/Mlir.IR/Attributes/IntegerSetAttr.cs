using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An integer set, <c>affine_set&lt;(d0) : (d0 >= 0)&gt;</c>, kept as text: nothing here computes with sets.</summary>
public sealed record IntegerSetAttr : IrAttribute
{
    private IntegerSetAttr(string text) => Text = text;

    /// <summary>What stands between the angle brackets, with single spaces.</summary>
    public string Text { get; }

    /// <summary>The set that is written as <paramref name="text"/>.</summary>
    public static IntegerSetAttr Get(string text) => Intern(new IntegerSetAttr(text));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("affine_set<");
        printer.Write(Text);
        printer.Write('>');
    }
}
