namespace Mlir.Bench.Arrays;

/// <summary>One formula of the peers.</summary>
/// <param name="Name">Its name in their tables.</param>
/// <param name="Inputs">What the arrays hold.</param>
/// <param name="Run">Computes it once.</param>
internal sealed record PeerCase<T>(string Name, PeerInputs Inputs, Action<PeerArrays<T>> Run)
    where T : unmanaged;
