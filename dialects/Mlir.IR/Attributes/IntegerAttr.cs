using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An integer constant of an integer type or of <c>index</c>, up to 128 bits: <c>42 : i32</c>, <c>true</c>.</summary>
public sealed record IntegerAttr : TypedAttr
{
    private IntegerAttr(IrType type, Int128 value)
        : base(type) => Value = value;

    /// <summary>The value; signless and signed types hold it sign-extended, unsigned ones zero-extended.</summary>
    public Int128 Value { get; }

    /// <summary>The value as a 64-bit integer, wrapped for wider types.</summary>
    public long Int64 => unchecked((long)Value);

    /// <summary><c>true</c>, the constant 1 of type <c>i1</c>.</summary>
    public static IntegerAttr True { get; } = Get(IntegerType.I1, 1);

    /// <summary><c>false</c>, the constant 0 of type <c>i1</c>.</summary>
    public static IntegerAttr False { get; } = Get(IntegerType.I1, 0);

    /// <summary>The constant of <paramref name="type"/> with the low bits of <paramref name="value"/>: it wraps to the type's width.</summary>
    /// <exception cref="ArgumentException">The type is neither an integer of at most 128 bits nor <c>index</c>.</exception>
    public static IntegerAttr Get(IrType type, Int128 value) => Intern(new IntegerAttr(type, Wrap(type, value)));

    /// <summary>A truth value.</summary>
    public static IntegerAttr Get(bool value) => value ? True : False;

    /// <summary><paramref name="value"/> reduced to the width and signedness of <paramref name="type"/>.</summary>
    public static Int128 Wrap(IrType type, Int128 value)
    {
        var (width, unsigned) = type switch
        {
            IndexType => (64, false),
            IntegerType { Width: <= 128 } i => (i.Width, i.Signedness == Signedness.Unsigned),
            _ => throw new ArgumentException($"an integer constant cannot have type {type}", nameof(type)),
        };
        if (width is 0 or 128)
        {
            return width == 0 ? 0 : value;
        }

        var shift = 128 - width;
        return unsigned ? (Int128)((UInt128)value << shift >> shift) : value << shift >> shift;
    }

    /// <summary>The value as a bit pattern of the type's width, zero-extended.</summary>
    public UInt128 Bits =>
        Type is IntegerType { Width: < 128 } i ? (UInt128)Value & ((UInt128.One << i.Width) - 1)
        : Type is IndexType ? (ulong)Int64
        : (UInt128)Value;

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteInteger(this, withType: true);
}
