using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A type of the IR: immutable and interned, so equal types are mostly the same object.</summary>
public abstract record IrType
{
    private static readonly InternTable<IrType> Table = new();

    /// <summary>Prints the type as MLIR spells it, for example <c>tensor&lt;?xf32&gt;</c>.</summary>
    public abstract void Print(AsmPrinter printer);

    /// <summary>The canonical instance equal to <paramref name="candidate"/>.</summary>
    protected static T Intern<T>(T candidate)
        where T : IrType => (T)Table.Intern(candidate);

    /// <summary>The type in MLIR's syntax.</summary>
    public sealed override string ToString() => AsmPrinter.ToText(this);
}
