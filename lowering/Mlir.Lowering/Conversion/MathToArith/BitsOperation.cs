namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>The integer operations that an expansion may use.</summary>
internal enum BitsOperation
{
    Add,
    Subtract,
    Multiply,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightSigned,
}
