namespace Mlir.Arrays;

/// <summary>What stands beyond the edges of a padded tensor.</summary>
public enum PadMode
{
    /// <summary>A given value.</summary>
    Constant,

    /// <summary>The element at the edge.</summary>
    Edge,

    /// <summary>The elements mirrored at the one on the edge, which is not repeated.</summary>
    Reflect,

    /// <summary>The elements from the other end.</summary>
    Wrap,
}
