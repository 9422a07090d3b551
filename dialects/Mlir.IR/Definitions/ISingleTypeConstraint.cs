namespace Mlir.IR;

/// <summary>A rule that exactly one type satisfies; custom forms need not spell it.</summary>
public interface ISingleTypeConstraint : ITypeConstraint
{
    /// <summary>The type.</summary>
    static abstract IrType Type { get; }
}
