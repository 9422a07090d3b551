namespace Mlir.IR;

/// <summary>Marks a partial property of type <see cref="Block"/> (or <c>IReadOnlyList&lt;Block&gt;</c>, as the last one) as a successor.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SuccessorAttribute : Attribute;
