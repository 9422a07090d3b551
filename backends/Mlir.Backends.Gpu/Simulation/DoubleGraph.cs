using System.Collections.Immutable;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>What was captured from a stream: a graph, or an executable one.</summary>
/// <param name="Device">The device that it belongs to.</param>
/// <param name="Steps">The work, in the order of the stream.</param>
/// <param name="IsExecutable">Whether it was instantiated.</param>
internal sealed record DoubleGraph(DoubleDevice Device, ImmutableArray<StreamWork> Steps, bool IsExecutable);
