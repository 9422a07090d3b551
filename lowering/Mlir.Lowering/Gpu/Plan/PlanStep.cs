namespace Mlir.Lowering.Gpu;

/// <summary>One thing that the host does. Steps that touch memory of the device are in order on one stream.</summary>
public abstract record PlanStep;
