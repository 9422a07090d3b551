using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Remote.Server.Workers;

/// <summary>What came of a call that ran.</summary>
internal sealed class WorkerResult
{
    /// <summary>The scalar results in order, eight bytes each with the value in the low ones and the rest zero, call after call.</summary>
    public ReadOnlyMemory<byte> Packed { get; init; }

    /// <summary>The array results in order.</summary>
    public ImmutableArray<WorkerArray> Arrays { get; init; } = [];

    /// <summary>The time inside the worker.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>What the function threw, if it threw; then there are no arrays, and scalars of the calls before only.</summary>
    public KernelError? Error { get; init; }

    /// <summary>Which of several calls threw.</summary>
    public int ErrorRow { get; init; }
}
