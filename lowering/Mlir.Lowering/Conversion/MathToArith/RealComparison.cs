namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>Floating-point comparisons; the first three are false where an operand is NaN.</summary>
internal enum RealComparison
{
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    Unordered,
}
