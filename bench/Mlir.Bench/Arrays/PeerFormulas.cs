namespace Mlir.Bench.Arrays;

/// <summary>The peers' cases over one element type.</summary>
internal abstract class PeerFormulas<T>
    where T : unmanaged
{
    /// <summary>The cases in the peers' order, each compiled when it is asked for.</summary>
    public abstract IEnumerable<PeerCase<T>> All();
}
