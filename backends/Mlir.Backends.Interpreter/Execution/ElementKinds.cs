using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Facts about <see cref="ElementKind"/>s.</summary>
internal static class ElementKinds
{
    /// <summary>How values of a scalar type are kept.</summary>
    public static ElementKind Of(IrType type) =>
        type switch
        {
            IndexType => ElementKind.I64,
            IntegerType { Width: 1 } => ElementKind.I1,
            IntegerType { Width: <= 8 } => ElementKind.I8,
            IntegerType { Width: <= 16 } => ElementKind.I16,
            IntegerType { Width: <= 32 } => ElementKind.I32,
            IntegerType { Width: <= 64 } => ElementKind.I64,
            FloatType f when f == FloatType.F64 => ElementKind.F64,
            FloatType f when f == FloatType.F32 => ElementKind.F32,
            FloatType f when f == FloatType.F16 => ElementKind.F16,
            FloatType f when f == FloatType.BF16 => ElementKind.BF16,
            _ => ElementKind.Boxed,
        };

    /// <summary>The bytes of one element; 0 for boxed ones.</summary>
    public static int Size(this ElementKind kind) =>
        kind switch
        {
            ElementKind.I1 or ElementKind.I8 => 1,
            ElementKind.I16 or ElementKind.F16 or ElementKind.BF16 => 2,
            ElementKind.I32 or ElementKind.F32 => 4,
            ElementKind.I64 or ElementKind.F64 => 8,
            _ => 0,
        };

    /// <summary>The number of bits to shift left and right again so that an integer of the type is sign-extended.</summary>
    public static int WrapShift(IrType type) =>
        type is IntegerType { Width: > 0 and <= 64 } integer ? 64 - integer.Width : 0;

    /// <summary>The register contents of a scalar constant.</summary>
    public static long ToRegister(TypedAttr constant) =>
        constant switch
        {
            IntegerAttr integer => Signed(integer),
            FloatAttr real => unchecked((long)(ulong)real.Bits),
            _ => throw new InvalidOperationException($"{constant} is no scalar"),
        };

    /// <summary>The constant attribute for register contents.</summary>
    public static TypedAttr ToConstant(IrType type, long register) =>
        type is FloatType real
            ? FloatAttr.FromBits(real, (ulong)register & (real.Width >= 64 ? ulong.MaxValue : (1UL << real.Width) - 1))
            : IntegerAttr.Get(type, register);

    private static long Signed(IntegerAttr integer)
    {
        var shift = WrapShift(integer.Type);
        return unchecked((long)integer.Value) << shift >> shift;
    }
}
