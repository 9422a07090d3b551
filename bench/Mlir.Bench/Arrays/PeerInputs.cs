namespace Mlir.Bench.Arrays;

/// <summary>What the peers fill their arrays with.</summary>
internal enum PeerInputs
{
    /// <summary>Numbers in [0, 1).</summary>
    Unit,

    /// <summary>Spots and strikes in [50, 150), years in [0.1, 2).</summary>
    Options,

    /// <summary>Numbers in [-4, 4).</summary>
    Symmetric,
}
