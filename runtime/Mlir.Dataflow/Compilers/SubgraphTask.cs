using System.Collections.Immutable;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A task of a subgraph.</summary>
/// <param name="Function">What it carries out.</param>
/// <param name="Arguments">One operand for each parameter.</param>
/// <param name="Site">Where the user's program calls it.</param>
public sealed record SubgraphTask(TaskFunction Function, ImmutableArray<SubgraphOperand> Arguments, CallSite Site);
