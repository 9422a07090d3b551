using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>An integer value under construction, 32 or 64 bits wide; a <c>long</c> converts to a literal of the width it meets.</summary>
internal readonly struct Bits
{
    private readonly Emitter? _emitter;
    private readonly Value? _value;
    private readonly long _literal;

    /// <summary>Wraps an emitted value.</summary>
    public Bits(Emitter emitter, Value value, int width)
    {
        _emitter = emitter;
        _value = value;
        Width = width;
    }

    private Bits(long literal) => _literal = literal;

    /// <summary>The width in bits; 0 for a literal.</summary>
    public int Width { get; }

    /// <summary>What emits the operations; a literal has none.</summary>
    public Emitter Emitter => _emitter ?? throw new InvalidOperationException("A literal belongs to no emitter.");

    /// <summary>The emitted value.</summary>
    public Value Value => _value ?? throw new InvalidOperationException("A literal has no value before it meets one.");

    /// <summary>The number that has these bits.</summary>
    public Real Float => Emitter.Bitcast(this);

    /// <summary>A literal.</summary>
    public static implicit operator Bits(long literal) => new(literal);

    public static Bits operator +(Bits a, Bits b) => Binary(BitsOperation.Add, a, b);

    public static Bits operator -(Bits a, Bits b) => Binary(BitsOperation.Subtract, a, b);

    public static Bits operator *(Bits a, Bits b) => Binary(BitsOperation.Multiply, a, b);

    public static Bits operator &(Bits a, Bits b) => Binary(BitsOperation.And, a, b);

    public static Bits operator |(Bits a, Bits b) => Binary(BitsOperation.Or, a, b);

    public static Bits operator ^(Bits a, Bits b) => Binary(BitsOperation.Xor, a, b);

    /// <summary>Shifts left by less than the width.</summary>
    public Bits ShiftLeft(Bits amount) => Binary(BitsOperation.ShiftLeft, this, amount);

    /// <summary>Shifts right by less than the width, filling with zeros.</summary>
    public Bits ShiftRight(Bits amount) => Binary(BitsOperation.ShiftRight, this, amount);

    /// <summary>Shifts right by less than the width, filling with the sign.</summary>
    public Bits ShiftRightSigned(Bits amount) => Binary(BitsOperation.ShiftRightSigned, this, amount);

    /// <summary>True where this equals the other.</summary>
    public Flag EqualTo(Bits other) => Compare(BitsComparison.Equal, this, other);

    /// <summary>True where this differs from the other.</summary>
    public Flag NotEqualTo(Bits other) => Compare(BitsComparison.NotEqual, this, other);

    /// <summary>True where this is less, as unsigned numbers.</summary>
    public Flag Below(Bits other) => Compare(BitsComparison.UnsignedLess, this, other);

    /// <summary>True where this is less, as signed numbers.</summary>
    public Flag LessThan(Bits other) => Compare(BitsComparison.SignedLess, this, other);

    /// <summary>This value, or a literal as a constant of the given width.</summary>
    public Bits In(Emitter emitter, int width) => _emitter is null ? emitter.Constant(_literal, width) : this;

    /// <summary>The emitter and width that two operands share.</summary>
    internal static (Emitter Emitter, int Width) Common(Bits a, Bits b)
    {
        var known = a._emitter is not null ? a : b;
        return (known.Emitter, known.Width);
    }

    private static Bits Binary(BitsOperation operation, Bits a, Bits b)
    {
        var (emitter, width) = Common(a, b);
        return emitter.Apply(operation, a.In(emitter, width), b.In(emitter, width));
    }

    private static Flag Compare(BitsComparison comparison, Bits a, Bits b)
    {
        var (emitter, width) = Common(a, b);
        return emitter.Compare(comparison, a.In(emitter, width), b.In(emitter, width));
    }
}
