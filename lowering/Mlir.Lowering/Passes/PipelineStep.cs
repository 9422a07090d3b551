namespace Mlir.Lowering;

/// <summary>One step of a pipeline: a pass, or a pipeline for the operations inside.</summary>
/// <param name="Pass">The pass, or null.</param>
/// <param name="Nested">The nested pipeline, or null.</param>
public readonly record struct PipelineStep(Pass? Pass, PassPipeline? Nested)
{
    /// <summary>A step that runs <paramref name="pass"/>.</summary>
    public static implicit operator PipelineStep(Pass pass) => new(pass, null);

    /// <summary>A step that runs <paramref name="pipeline"/> on the operations of its anchor's name directly inside.</summary>
    public static implicit operator PipelineStep(PassPipeline pipeline) => new(null, pipeline);

    /// <summary>The step as a pipeline spells it.</summary>
    public override string ToString() => Pass?.ToString() ?? Nested?.ToString() ?? "";
}
