using Mlir.Lowering;

namespace Mlir.Backends;

/// <summary>
/// Another way through a backend's pipeline, for what only a measurement can decide. It gives the same bits and the same errors as the
/// backend's own way, so that whoever measures may take either.
/// </summary>
/// <param name="Name">What is different, in a few words; part of what is kept on disk.</param>
/// <param name="Change">
/// Makes its pipeline of the backend's. It changes options of passes and keeps the others, so that a check somebody has put in front stays there.
/// </param>
public sealed record BackendVariant(string Name, Func<PassPipeline, PassPipeline> Change)
{
    /// <summary>The backend with this variant's pipeline.</summary>
    /// <param name="backend">The backend.</param>
    public Backend Of(Backend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return backend with { Pipeline = Change(backend.Pipeline), Variants = [] };
    }
}
