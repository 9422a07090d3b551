using System.Collections.Immutable;
using Mlir.Remote.Server.Memory;

namespace Mlir.Remote.Server.Workers;

/// <summary>A call of a compiled function. It reads its arguments only, so that it may be run a second time.</summary>
internal sealed class WorkerCall
{
    /// <summary>What the function is in.</summary>
    public required CompiledUnit Unit { get; init; }

    /// <summary>Which of the unit's functions.</summary>
    public int Function { get; init; }

    /// <summary>How often to call it; more than once only if all its parameters and results are scalars.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The scalars in order, eight bytes each with the value in the low ones, call after call.</summary>
    public ReadOnlyMemory<byte> Packed { get; init; }

    /// <summary>The arrays in order.</summary>
    public ImmutableArray<WorkerArray> Arrays { get; init; } = [];

    /// <summary>How long it may run; time in the queue does not count.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much memory it may take for results and temporaries.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Segments of the caller whose contents nobody needs any more: large results are written into them if they fit.</summary>
    public IReadOnlyList<Segment>? Recycled { get; init; }

    /// <summary>Who makes the call; nobody may have more than a share of the workers.</summary>
    public object? Owner { get; init; }
}
