using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A fixed sequence of types, <c>tuple&lt;i32, f32&gt;</c>.</summary>
public sealed record TupleType : IrType
{
    private TupleType(EquatableArray<IrType> types) => Types = types;

    /// <summary>The types of the elements, in order.</summary>
    public EquatableArray<IrType> Types { get; }

    /// <summary>The tuple of <paramref name="types"/>.</summary>
    public static TupleType Get(params ReadOnlySpan<IrType> types) =>
        Intern(new TupleType(EquatableArray.Create(types)));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("tuple<");
        printer.WriteTypes(Types);
        printer.Write('>');
    }
}
