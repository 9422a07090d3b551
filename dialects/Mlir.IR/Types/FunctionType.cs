using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>The type of a function, <c>(i32, f32) -> f32</c>.</summary>
public sealed record FunctionType : IrType
{
    private FunctionType(EquatableArray<IrType> inputs, EquatableArray<IrType> results) =>
        (Inputs, Results) = (inputs, results);

    /// <summary>The parameter types.</summary>
    public EquatableArray<IrType> Inputs { get; }

    /// <summary>The result types.</summary>
    public EquatableArray<IrType> Results { get; }

    /// <summary>The type of functions from <paramref name="inputs"/> to <paramref name="results"/>.</summary>
    public static FunctionType Get(ReadOnlySpan<IrType> inputs, ReadOnlySpan<IrType> results) =>
        Intern(new FunctionType(EquatableArray.Create(inputs), EquatableArray.Create(results)));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteFunctionalType(Inputs.Span, Results.Span);
}
