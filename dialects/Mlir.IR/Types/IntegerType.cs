using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An integer of a fixed number of bits: <c>i32</c>, <c>si8</c>, <c>ui64</c>.</summary>
public sealed record IntegerType : IrType
{
    /// <summary>The widest integer that MLIR allows, in bits.</summary>
    public const int MaxWidth = (1 << 24) - 1;

    private static readonly IntegerType[] Signless =
    [
        .. Enumerable.Range(0, 129).Select(w => new IntegerType(w, Signedness.Signless)),
    ];

    private IntegerType(int width, Signedness signedness) => (Width, Signedness) = (width, signedness);

    /// <summary>The number of bits.</summary>
    public int Width { get; }

    /// <summary>Whether the type carries a sign; <c>arith</c> works on signless integers only.</summary>
    public Signedness Signedness { get; }

    /// <summary><c>i1</c>, the type of truth values.</summary>
    public static IntegerType I1 => Signless[1];

    /// <summary><c>i8</c>.</summary>
    public static IntegerType I8 => Signless[8];

    /// <summary><c>i16</c>.</summary>
    public static IntegerType I16 => Signless[16];

    /// <summary><c>i32</c>.</summary>
    public static IntegerType I32 => Signless[32];

    /// <summary><c>i64</c>.</summary>
    public static IntegerType I64 => Signless[64];

    /// <summary>The integer type of <paramref name="width"/> bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is negative or above <see cref="MaxWidth"/>.</exception>
    public static IntegerType Get(int width, Signedness signedness = Signedness.Signless)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth);
        return signedness == Signedness.Signless && width < Signless.Length
            ? Signless[width]
            : Intern(new IntegerType(width, signedness));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(
            Signedness switch
            {
                Signedness.Signed => "si",
                Signedness.Unsigned => "ui",
                _ => "i",
            }
        );
        printer.Write(Width);
    }
}
