namespace Mlir.Dataflow;

public sealed partial class Flow
{
    /// <summary>Draws what values are computed from.</summary>
    /// <param name="path">The file; its ending says what is drawn: <c>.svg</c>, <c>.html</c>, <c>.dot</c>.</param>
    /// <param name="values">The values.</param>
    /// <param name="optimized">False for the graph as it was built.</param>
    /// <param name="report">What a run of the same values took, to be shown beside the tasks; null for none.</param>
    /// <exception cref="PictureException">It cannot be drawn; the message says why.</exception>
    public void Save(
        string path,
        IReadOnlyCollection<FlowValue> values,
        bool optimized = true,
        RunReport? report = null
    )
    {
        ArgumentNullException.ThrowIfNull(values);

        // The report of a run of the graph as it was built speaks of that run's operations.
        var built = FindPlan([.. values], optimized: false)?.Graph ?? GetGraph(values);
        var picture = new GraphPicture(built, Plan(values).Graph) { Report = report };
        picture.Save(path, new PictureOptions { Optimized = optimized });
    }
}
