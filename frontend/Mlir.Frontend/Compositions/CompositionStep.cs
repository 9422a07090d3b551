using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Mlir.Frontend.Compositions;

/// <summary>A call of a lambda.</summary>
/// <param name="Lambda">The lambda; several steps may call one.</param>
/// <param name="Site">Where the lambda stands in the source.</param>
/// <param name="Arguments">One operand for each parameter.</param>
public sealed record CompositionStep(
    LambdaExpression Lambda,
    CallSite Site,
    ImmutableArray<CompositionOperand> Arguments
)
{
    /// <summary>What the lambda's function is called in the module.</summary>
    public string Name { get; init; } = "step";
}
