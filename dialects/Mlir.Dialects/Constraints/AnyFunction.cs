namespace Mlir.Dialects;

/// <summary>A function type.</summary>
public sealed class AnyFunction : ITypeConstraint
{
    private AnyFunction() { }

    /// <inheritdoc/>
    public static string Description => "function type";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is FunctionType;
}
