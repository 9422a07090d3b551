using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A compile-time constant of the IR: immutable and interned, so equal attributes are mostly the same object.</summary>
public abstract record IrAttribute
{
    private static readonly InternTable<IrAttribute> Table = new();

    /// <summary>Prints the attribute as MLIR spells it, its type included where MLIR prints one.</summary>
    public abstract void Print(AsmPrinter printer);

    /// <summary>The canonical instance equal to <paramref name="candidate"/>.</summary>
    protected static T Intern<T>(T candidate)
        where T : IrAttribute => (T)Table.Intern(candidate);

    /// <summary>The attribute in MLIR's syntax.</summary>
    public sealed override string ToString() => AsmPrinter.ToText(this);
}
