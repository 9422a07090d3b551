namespace Mlir.IR;

/// <summary>Marks a partial property as a result whose type follows from an operand.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResultAttribute : Attribute
{
    /// <summary>The property of an operand that has the same type.</summary>
    public string? SameTypeAs { get; init; }

    /// <summary>A static method of the class, <c>IrType Method(operands in order…)</c>, that infers the type.</summary>
    public string? InferredBy { get; init; }
}
