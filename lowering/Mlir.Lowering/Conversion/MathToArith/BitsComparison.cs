namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>Integer comparisons.</summary>
internal enum BitsComparison
{
    Equal,
    NotEqual,
    SignedLess,
    UnsignedLess,
}
