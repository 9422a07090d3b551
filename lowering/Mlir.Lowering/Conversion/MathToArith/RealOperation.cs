namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>The floating-point operations that an expansion may use: those that every target has as an instruction.</summary>
internal enum RealOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Abs,
    Sqrt,
    Trunc,
    CopySign,
}
