using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A sequence of attributes, <c>[1 : i32, "a"]</c>.</summary>
public sealed record ArrayAttr : IrAttribute
{
    private ArrayAttr(EquatableArray<IrAttribute> items) => Items = items;

    /// <summary>The elements, in order.</summary>
    public EquatableArray<IrAttribute> Items { get; }

    /// <summary>The array of <paramref name="items"/>.</summary>
    public static ArrayAttr Get(params ReadOnlySpan<IrAttribute> items) =>
        Intern(new ArrayAttr(EquatableArray.Create(items)));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteArray(Items.Span);
}
