namespace Mlir.Dialects.Arith;

/// <summary>How a result that the format cannot hold is rounded.</summary>
[Keyword("#arith.roundingmode")]
public enum RoundingMode
{
    /// <summary>To the nearest, ties to the even one.</summary>
    [Keyword("to_nearest_even")]
    ToNearestEven = 0,

    /// <summary>Towards negative infinity.</summary>
    [Keyword("downward")]
    Downward = 1,

    /// <summary>Towards positive infinity.</summary>
    [Keyword("upward")]
    Upward = 2,

    /// <summary>Towards zero.</summary>
    [Keyword("toward_zero")]
    TowardZero = 3,

    /// <summary>To the nearest, ties away from zero.</summary>
    [Keyword("to_nearest_away")]
    ToNearestAway = 4,
}
