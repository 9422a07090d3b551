using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>One parameter of the compiled function and where the caller finds its argument.</summary>
/// <param name="ClrType">The C# type of the argument.</param>
/// <param name="Element">The scalar type, or that of the elements.</param>
/// <param name="Kind">A scalar, a tensor or an array.</param>
/// <param name="Parameter">Which parameter of the lambda it is, or −1 for a captured variable.</param>
/// <param name="Captured">The expression that reads the captured variable, or null.</param>
public sealed record KernelArgument(
    Type ClrType,
    ScalarType Element,
    ArgumentKind Kind,
    int Parameter,
    MemberExpression? Captured
);
