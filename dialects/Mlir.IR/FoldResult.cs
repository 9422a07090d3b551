namespace Mlir.IR;

/// <summary>What one result of an operation folds to: a constant or a value that exists already.</summary>
/// <param name="Constant">The constant, or null.</param>
/// <param name="Value">The value, or null.</param>
public readonly record struct FoldResult(IrAttribute? Constant, Value? Value)
{
    /// <summary>A constant.</summary>
    public static implicit operator FoldResult(IrAttribute constant) => new(constant, null);

    /// <summary>An existing value.</summary>
    public static implicit operator FoldResult(Value value) => new(null, value);
}
