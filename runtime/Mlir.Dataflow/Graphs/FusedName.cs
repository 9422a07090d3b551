using Mlir.Dialects.Flow;

namespace Mlir.Dataflow;

/// <summary>What a fused task is called: the names of its tasks in order of execution.</summary>
internal static class FusedName
{
    // A name is for reading.
    private const int MaxTasks = 16;

    /// <summary>The name, as <c>example.scale → example.offset</c>.</summary>
    public static string Of(FusedOp fused)
    {
        var names = new List<string>();
        var more = 0;
        foreach (var op in fused.Body.Operations)
        {
            var name = op switch
            {
                TaskOp task => task.Algorithm,
                TranslateOp translate => translate.Implementation,
                _ => null,
            };
            if (name is null)
            {
                continue;
            }

            if (names.Count < MaxTasks)
            {
                names.Add(name);
            }
            else
            {
                more++;
            }
        }

        return string.Join(" → ", names) + (more == 0 ? "" : $" → {more} more");
    }
}
