namespace Mlir.Lowering.Gpu;

/// <summary>How the host computes with slots: on 64-bit integers that wrap; truth values are 0 and 1.</summary>
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
}
