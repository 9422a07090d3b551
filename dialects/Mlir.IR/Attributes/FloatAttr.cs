using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A floating-point constant, kept bit for bit: <c>1.5 : f32</c>, <c>0x7FC00000 : f32</c>.</summary>
public sealed record FloatAttr : TypedAttr
{
    private FloatAttr(FloatType type, UInt128 bits)
        : base(type) => Bits = bits;

    /// <summary>The constant's bit pattern in its own format.</summary>
    public UInt128 Bits { get; }

    /// <summary>The type of the value.</summary>
    public FloatType FloatType => (FloatType)Type;

    /// <summary>The value, exact for every format up to 64 bits.</summary>
    public double Value => FloatFormat.ToDouble(FloatType, Bits);

    /// <summary>The constant of <paramref name="type"/> nearest to <paramref name="value"/> (ties to even).</summary>
    public static FloatAttr Get(FloatType type, double value) => FromBits(type, FloatFormat.FromDouble(type, value));

    /// <summary>The constant with the bit pattern <paramref name="bits"/>.</summary>
    public static FloatAttr FromBits(FloatType type, UInt128 bits) => Intern(new FloatAttr(type, bits));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteFloat(this, withType: true);
}
