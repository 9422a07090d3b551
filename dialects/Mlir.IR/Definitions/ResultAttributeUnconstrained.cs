namespace Mlir.IR;

/// <summary>Marks a partial property as a result whose type follows from an operand.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResultAttribute : Attribute
{
    /// <summary>The property of an operand, result or typed attribute that has the same type.</summary>
    public string? SameTypeAs { get; init; }

    /// <summary>
    /// A static method of the class that infers the type; null where it cannot. Parameters are matched by name to operands, attributes and other
    /// results (by position to operands otherwise): an <see cref="IrType"/> takes the part's type, a <see cref="Value"/> the operand itself.
    /// </summary>
    public string? InferredBy { get; init; }
}
