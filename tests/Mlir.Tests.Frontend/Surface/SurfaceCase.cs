using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Overloads of one function of <c>Tensor</c> for one element type, as one lambda that returns all their results.</summary>
/// <param name="Name">The function.</param>
/// <param name="Element">The element type.</param>
/// <param name="Lambda">Takes two tensors, a scalar and a count; returns a tuple with an item for each overload.</param>
/// <param name="Overloads">The overloads.</param>
internal sealed record SurfaceCase(
    string Name,
    Type Element,
    LambdaExpression Lambda,
    IReadOnlyList<MethodInfo> Overloads
);
