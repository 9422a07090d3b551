namespace Mlir.Lowering.Gpu;

/// <summary>How threads read a piece of a factor in shared memory, which decides how it lies there.</summary>
internal enum SharedForm
{
    /// <summary>Eight rows at the same unit at once, as <c>ldmatrix</c> does.</summary>
    EightRows,

    /// <summary>Four rows at two neighbouring units at once, element by element.</summary>
    FourRows,

    /// <summary>By the tensor cores themselves, in the pattern of 128 bytes that <c>wgmma</c> knows: whole rows of banks, eight of which repeat.</summary>
    Pattern,

    /// <summary>Neighbouring lines of one row, whole units at once.</summary>
    Lines,
}
