namespace Mlir.Lowering.Gpu;

/// <summary>How the host computes with slots: on 64-bit integers that wrap, and on the bits of 64-bit floats; truth values are 0 and 1.</summary>
public enum PlanOperation
{
    /// <summary>The sum.</summary>
    Add,

    /// <summary>The difference.</summary>
    Subtract,

    /// <summary>The product.</summary>
    Multiply,

    /// <summary>The quotient of signed numbers, rounded towards zero; 0 where the divisor is 0.</summary>
    DivideSigned,

    /// <summary>The quotient of unsigned numbers; 0 where the divisor is 0.</summary>
    DivideUnsigned,

    /// <summary>The remainder of signed numbers; 0 where the divisor is 0.</summary>
    RemainderSigned,

    /// <summary>The remainder of unsigned numbers; 0 where the divisor is 0.</summary>
    RemainderUnsigned,

    /// <summary>The lesser one of signed numbers.</summary>
    MinSigned,

    /// <summary>The greater one of signed numbers.</summary>
    MaxSigned,

    /// <summary>The lesser one of unsigned numbers.</summary>
    MinUnsigned,

    /// <summary>The greater one of unsigned numbers.</summary>
    MaxUnsigned,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>The first number, shifted left by the second one.</summary>
    ShiftLeft,

    /// <summary>The first number, shifted right by the second one; the sign moves in.</summary>
    ShiftRightSigned,

    /// <summary>The first number, shifted right by the second one; zeros move in.</summary>
    ShiftRightUnsigned,

    /// <summary>Whether both are equal.</summary>
    Equal,

    /// <summary>Whether they differ.</summary>
    NotEqual,

    /// <summary>Whether the first is less, as signed numbers.</summary>
    LessSigned,

    /// <summary>Whether the first is less or equal, as signed numbers.</summary>
    LessOrEqualSigned,

    /// <summary>Whether the first is less, as unsigned numbers.</summary>
    LessUnsigned,

    /// <summary>Whether the first is less or equal, as unsigned numbers.</summary>
    LessOrEqualUnsigned,

    /// <summary>The second number where the first is not zero, the third one elsewhere.</summary>
    Select,

    /// <summary>The low bits of the first number, as many as the second says, extended by their sign.</summary>
    SignExtend,

    /// <summary>The low bits of the first number, as many as the second says, extended by zeros.</summary>
    ZeroExtend,

    /// <summary>The sum of floats.</summary>
    AddFloat,

    /// <summary>The difference of floats.</summary>
    SubtractFloat,

    /// <summary>The product of floats.</summary>
    MultiplyFloat,

    /// <summary>The quotient of floats.</summary>
    DivideFloat,

    /// <summary>The remainder of floats, with the sign of the first.</summary>
    RemainderFloat,

    /// <summary>The lesser one of floats; NaN if one is.</summary>
    MinFloat,

    /// <summary>The greater one of floats; NaN if one is.</summary>
    MaxFloat,

    /// <summary>The lesser one of floats; the other one if one is NaN.</summary>
    MinNumber,

    /// <summary>The greater one of floats; the other one if one is NaN.</summary>
    MaxNumber,

    /// <summary>The square root of a float.</summary>
    SquareRoot,

    /// <summary>A float, rounded down to a whole one.</summary>
    Floor,

    /// <summary>A float, rounded up to a whole one.</summary>
    Ceiling,

    /// <summary>A float, rounded towards zero to a whole one.</summary>
    Truncate,

    /// <summary>A float, rounded to the nearest whole one, to the even one of two.</summary>
    RoundEven,

    /// <summary>The product of the first two floats plus the third one, rounded once.</summary>
    FusedMultiplyAdd,

    /// <summary>As <see cref="FusedMultiplyAdd"/>, of floats of 32 bits.</summary>
    FusedMultiplyAdd32,

    /// <summary>Whether the first float is less.</summary>
    LessFloat,

    /// <summary>Whether the first float is less or equal.</summary>
    LessOrEqualFloat,

    /// <summary>The float of 64 bits that a float of 16 bits is.</summary>
    WidenFloat16,

    /// <summary>The float of 64 bits that a float of 32 bits is.</summary>
    WidenFloat32,

    /// <summary>A float, rounded to 16 bits.</summary>
    RoundToFloat16,

    /// <summary>A float, rounded to 32 bits.</summary>
    RoundToFloat32,

    /// <summary>The float of a signed number.</summary>
    SignedToFloat,

    /// <summary>The float of 32 bits of a signed number.</summary>
    SignedToFloat32,

    /// <summary>The float of an unsigned number.</summary>
    UnsignedToFloat,

    /// <summary>The float of 32 bits of an unsigned number.</summary>
    UnsignedToFloat32,

    /// <summary>The signed number of a float, rounded towards zero; the nearest one where there is none.</summary>
    FloatToSigned,

    /// <summary>The unsigned number of a float, rounded towards zero; the nearest one where there is none.</summary>
    FloatToUnsigned,
}
