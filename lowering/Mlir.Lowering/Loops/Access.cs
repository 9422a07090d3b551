namespace Mlir.Lowering;

/// <summary>How an array is walked by a loop.</summary>
internal enum Access
{
    /// <summary>The loop does not move the subscript.</summary>
    Fixed,

    /// <summary>Each iteration goes to the next element in memory.</summary>
    Contiguous,

    /// <summary>Anything else.</summary>
    Scattered,
}
