namespace Mlir.Backends.Interpreter;

/// <summary>How a scalar is kept: in a 64-bit register, and in the bytes of an array.</summary>
/// <remarks>
/// Integers are sign-extended in registers (<c>true</c> is -1) and take the next larger machine size in arrays (<c>i1</c> one byte, 0 or 1).
/// Floats are bit patterns.
/// </remarks>
internal enum ElementKind : byte
{
    I1,
    I8,
    I16,
    I32,
    I64,
    F16,
    BF16,
    F32,
    F64,

    /// <summary>Everything else: kept as an object (a constant attribute, or an array as the element of another).</summary>
    Boxed,
}
