using System.Collections.Immutable;
using Mlir.Frontend.Compositions;

namespace Mlir.Dataflow;

/// <summary>A part of a subgraph that becomes one kernel. Values are kept in numbered slots, the subgraph's inputs first.</summary>
/// <param name="Composition">The part's tasks.</param>
/// <param name="Arguments">The slots of its arguments.</param>
/// <param name="Results">The slots that its results go to.</param>
internal sealed record SubgraphPiece(
    Composition Composition,
    ImmutableArray<int> Arguments,
    ImmutableArray<int> Results
);
