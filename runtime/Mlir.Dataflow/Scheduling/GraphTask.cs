using System.Collections.Immutable;
using Mlir.Frontend;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>A task that is ready to be scheduled. Values live in numbered slots.</summary>
/// <param name="Name">What the user knows it by: the algorithm's name, or those of the fused ones in order.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Site">Where the user's program calls it.</param>
/// <param name="Arguments">The slots of its arguments.</param>
/// <param name="Results">The slots that its results go to.</param>
/// <param name="Run">Runs it: arguments in, results out.</param>
public sealed record GraphTask(
    string Name,
    TaskKind Kind,
    CallSite Site,
    ImmutableArray<int> Arguments,
    ImmutableArray<int> Results,
    Func<object?[], object?[]> Run
)
{
    /// <summary>The operation of the plan's graph that it carries out; null where there is none.</summary>
    public Operation? Operation { get; init; }

    /// <summary>
    /// The task as another process can run it: a registered function, or a fused task that travels as a module. Null for what runs here only:
    /// foreign functions and items of tuples.
    /// </summary>
    public PortableTask? Portable => PortableSource?.Value;

    /// <summary>Makes <see cref="Portable"/> when it is first asked for.</summary>
    internal Lazy<PortableTask?>? PortableSource { get; init; }
}
