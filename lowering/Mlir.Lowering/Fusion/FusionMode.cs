namespace Mlir.Lowering;

/// <summary>What becomes of a producer that a consumer takes in.</summary>
internal enum FusionMode
{
    /// <summary>The producer goes: nobody else uses it.</summary>
    Move,

    /// <summary>The producer goes, and the fused operation returns its results to the other users.</summary>
    MoveAndReturn,

    /// <summary>The producer stays for its other users and is computed once more.</summary>
    Copy,
}
