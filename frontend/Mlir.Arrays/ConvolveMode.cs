namespace Mlir.Arrays;

/// <summary>Which part of a one-dimensional convolution is wanted.</summary>
public enum ConvolveMode
{
    /// <summary>Wherever the vectors overlap at all: n + m − 1 elements.</summary>
    Full,

    /// <summary>As many elements as the longer vector has, from the middle.</summary>
    Same,

    /// <summary>Where the shorter vector lies wholly inside the longer one.</summary>
    Valid,
}
