namespace Mlir.IR;

/// <summary>Marks a partial class as the definition of an operation; the generator writes the rest of it.</summary>
/// <param name="name">The full name, <c>arith.addi</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpAttribute(string name) : Attribute
{
    /// <summary>The full name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The custom assembly format in MLIR's declarative notation. Without one the operation prints generically, unless the class itself
    /// has a static <c>ParseCustom(AsmParser, OperationState)</c> and overrides <c>Print</c>.
    /// </summary>
    public string? Format { get; init; }
}
