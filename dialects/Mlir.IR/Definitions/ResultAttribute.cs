namespace Mlir.IR;

/// <summary>Marks a partial property as a result: <see cref="OpResult"/> for one, <c>OpResult?</c> for an optional one, <c>IReadOnlyList&lt;OpResult&gt;</c> for any number.</summary>
/// <typeparam name="T">What the type must satisfy.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResultAttribute<T> : Attribute
    where T : ITypeConstraint
{
    /// <summary>The property of an operand that has the same type; constructors and formats then infer it.</summary>
    public string? SameTypeAs { get; init; }

    /// <summary>A static method of the class, <c>IrType Method(operands in order…)</c>, that infers the type.</summary>
    public string? InferredBy { get; init; }
}
