namespace Mlir.Frontend;

/// <summary>The families of C# scalars that operators treat alike.</summary>
public enum ScalarKind
{
    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>sbyte</c>, <c>short</c>, <c>int</c>, <c>long</c>, <c>nint</c>.</summary>
    Signed,

    /// <summary><c>byte</c>, <c>ushort</c>, <c>char</c>, <c>uint</c>, <c>ulong</c>, <c>nuint</c>.</summary>
    Unsigned,

    /// <summary><see cref="Half"/>, <c>float</c>, <c>double</c>.</summary>
    Float,
}
