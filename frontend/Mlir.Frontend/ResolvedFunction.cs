using System.Linq.Expressions;

namespace Mlir.Frontend;

/// <summary>A function that lambdas call by name.</summary>
/// <param name="Lambda">Its code.</param>
/// <param name="Site">Where it stands in the source.</param>
public sealed record ResolvedFunction(LambdaExpression Lambda, CallSite Site);
