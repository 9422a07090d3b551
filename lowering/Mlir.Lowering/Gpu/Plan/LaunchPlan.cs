using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// A function as the host runs it: a list of steps over <em>slots</em> (64-bit numbers: sizes, and scalars as raw bits) and
/// <em>buffers</em> (memory of the device).
/// </summary>
/// <param name="Name">The function.</param>
/// <param name="Parameters">What the caller passes.</param>
/// <param name="Results">What the caller gets.</param>
/// <param name="SlotCount">How many slots there are.</param>
/// <param name="BufferCount">How many buffers there are.</param>
/// <param name="Steps">The steps, executed in order but for jumps; the plan ends after the last one. Temporaries that are still there then are freed once the results are read.</param>
public sealed record LaunchPlan(
    string Name,
    ImmutableArray<PlanParameter> Parameters,
    ImmutableArray<PlanResult> Results,
    int SlotCount,
    int BufferCount,
    ImmutableArray<PlanStep> Steps
)
{
    /// <summary>Whether the host has to wait for the device in the middle, or decides where to go on: such a plan is no fixed list of launches.</summary>
    public bool HasControlFlow => Steps.Any(s => s is ReadStep or JumpStep or BranchStep or MoveStep);
}
