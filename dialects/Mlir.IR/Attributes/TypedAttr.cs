namespace Mlir.IR;

/// <summary>An attribute that stands for a value of a type: numbers and dense arrays of them.</summary>
public abstract record TypedAttr : IrAttribute
{
    private protected TypedAttr(IrType type) => Type = type;

    /// <summary>The type of the value.</summary>
    public IrType Type { get; }
}
