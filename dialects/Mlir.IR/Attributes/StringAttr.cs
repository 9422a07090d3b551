using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A text constant, <c>"text"</c>.</summary>
public sealed record StringAttr : IrAttribute
{
    private StringAttr(string value) => Value = value;

    /// <summary>The text. Each char below 256 that MLIR wrote as a byte escape stands for that byte.</summary>
    public string Value { get; }

    /// <summary>The constant <paramref name="value"/>.</summary>
    public static StringAttr Get(string value) => Intern(new StringAttr(value));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteString(Value);
}
