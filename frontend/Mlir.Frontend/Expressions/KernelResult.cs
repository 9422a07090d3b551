namespace Mlir.Frontend.Expressions;

/// <summary>One value that the compiled function returns.</summary>
/// <param name="Element">The scalar type, or that of the elements.</param>
/// <param name="Kind">A scalar, a tensor or an array.</param>
public sealed record KernelResult(ScalarType Element, ArgumentKind Kind);
