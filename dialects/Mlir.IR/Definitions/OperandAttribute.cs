namespace Mlir.IR;

/// <summary>Marks a partial property as an operand: <see cref="Value"/> for one, <c>Value?</c> for an optional one, <see cref="OperandList"/> for any number.</summary>
/// <typeparam name="T">What the type must satisfy.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OperandAttribute<T> : Attribute
    where T : ITypeConstraint
{
    /// <summary>The property of an operand, result or typed attribute that has the same type; it then need not be parsed.</summary>
    public string? SameTypeAs { get; init; }

    /// <summary>
    /// A static method of the class that infers the type from the types of other operands and results, matched by parameter name; null where it cannot.
    /// </summary>
    public string? InferredBy { get; init; }
}
