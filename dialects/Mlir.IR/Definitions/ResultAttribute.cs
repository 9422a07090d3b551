namespace Mlir.IR;

/// <summary>Marks a partial property as a result: <see cref="OpResult"/> for one, <c>OpResult?</c> for an optional one, <c>IReadOnlyList&lt;OpResult&gt;</c> for any number.</summary>
/// <typeparam name="T">What the type must satisfy.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResultAttribute<T> : Attribute
    where T : ITypeConstraint
{
    /// <summary>The property of an operand, result or typed attribute that has the same type; constructors and formats then infer it.</summary>
    public string? SameTypeAs { get; init; }

    /// <summary>
    /// A static method of the class that infers the type; null where it cannot. Parameters are matched by name to operands, attributes and other
    /// results (by position to operands otherwise): an <see cref="IrType"/> takes the part's type, a <see cref="Value"/> the operand itself.
    /// </summary>
    public string? InferredBy { get; init; }
}
