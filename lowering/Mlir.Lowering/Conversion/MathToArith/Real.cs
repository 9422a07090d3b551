using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// A floating-point value under construction: operators emit the <c>arith</c> and <c>math</c> operations of the same meaning, so
/// that an expansion reads as its formula. A <c>double</c> converts to a literal, which takes the format of what it meets.
/// </summary>
internal readonly struct Real
{
    private readonly Emitter? _emitter;
    private readonly Value? _value;
    private readonly double _literal;

    /// <summary>Wraps an emitted value.</summary>
    public Real(Emitter emitter, Value value, RealFormat format)
    {
        _emitter = emitter;
        _value = value;
        Format = format;
    }

    private Real(double literal)
    {
        _literal = literal;
        Format = null!;
    }

    /// <summary>The format; null for a literal.</summary>
    public RealFormat Format { get; }

    /// <summary>What emits the operations; a literal has none.</summary>
    public Emitter Emitter => _emitter ?? throw new InvalidOperationException("A literal belongs to no emitter.");

    /// <summary>The emitted value.</summary>
    public Value Value => _value ?? throw new InvalidOperationException("A literal has no value before it meets one.");

    /// <summary>The IEEE bits.</summary>
    public Bits Bits => Emitter.Bitcast(this);

    /// <summary>A literal.</summary>
    public static implicit operator Real(double literal) => new(literal);

    public static Real operator +(Real a, Real b) => Binary(RealOperation.Add, a, b);

    public static Real operator -(Real a, Real b) => Binary(RealOperation.Subtract, a, b);

    public static Real operator *(Real a, Real b) => Binary(RealOperation.Multiply, a, b);

    public static Real operator /(Real a, Real b) => Binary(RealOperation.Divide, a, b);

    public static Real operator -(Real a) => a._emitter is null ? new(-a._literal) : a.Unary(RealOperation.Negate);

    /// <summary>Ordered a &lt; b: false where either is NaN.</summary>
    public static Flag operator <(Real a, Real b) => Compare(RealComparison.Less, a, b);

    /// <summary>Ordered a &gt; b.</summary>
    public static Flag operator >(Real a, Real b) => Compare(RealComparison.Less, b, a);

    /// <summary>Ordered a ≤ b.</summary>
    public static Flag operator <=(Real a, Real b) => Compare(RealComparison.LessOrEqual, a, b);

    /// <summary>Ordered a ≥ b.</summary>
    public static Flag operator >=(Real a, Real b) => Compare(RealComparison.LessOrEqual, b, a);

    /// <summary>Ordered a = b.</summary>
    public Flag EqualTo(Real other) => Compare(RealComparison.Equal, this, other);

    /// <summary>a ≠ b: true where either is NaN.</summary>
    public Flag NotEqualTo(Real other) => Compare(RealComparison.NotEqual, this, other);

    /// <summary>True where either is NaN.</summary>
    public Flag UnorderedWith(Real other) => Compare(RealComparison.Unordered, this, other);

    /// <summary>a · b + c, rounded once.</summary>
    public static Real Fma(Real a, Real b, Real c)
    {
        var (emitter, format) = Common(a, b, c);
        return emitter.Fma(a.In(emitter, format), b.In(emitter, format), c.In(emitter, format));
    }

    /// <summary>|x|.</summary>
    public Real Abs() => Unary(RealOperation.Abs);

    /// <summary>√x, correctly rounded.</summary>
    public Real Sqrt() => Unary(RealOperation.Sqrt);

    /// <summary>x rounded towards zero to an integer.</summary>
    public Real Trunc() => Unary(RealOperation.Trunc);

    /// <summary>|x| with the sign of another number.</summary>
    public Real WithSignOf(Real sign) => Binary(RealOperation.CopySign, this, sign);

    /// <summary>This value, or a literal as a constant of the given format.</summary>
    public Real In(Emitter emitter, RealFormat format) => _emitter is null ? emitter.Constant(_literal, format) : this;

    /// <summary>The sum a + b as a rounded sum and its exact error; any a and b (D. Knuth, TAOCP 2, 4.2.2).</summary>
    public static (Real High, Real Low) TwoSum(Real a, Real b)
    {
        var high = a + b;
        var t = high - a;
        return (high, (a - (high - t)) + (b - t));
    }

    /// <summary>As <see cref="TwoSum"/> for |a| ≥ |b| or a = 0 (T. Dekker, 1971).</summary>
    public static (Real High, Real Low) FastTwoSum(Real a, Real b)
    {
        var high = a + b;
        return (high, (a - high) + b);
    }

    /// <summary>The product a · b as a rounded product and its exact error.</summary>
    public static (Real High, Real Low) TwoProduct(Real a, Real b)
    {
        var high = a * b;
        return (high, Fma(a, b, -high));
    }

    /// <summary>The emitter and format that operands share.</summary>
    internal static (Emitter Emitter, RealFormat Format) Common(Real a, Real b, Real c = default)
    {
        var known =
            a._emitter is not null ? a
            : b._emitter is not null ? b
            : c;
        return (known.Emitter, known.Format);
    }

    private static Real Binary(RealOperation operation, Real a, Real b)
    {
        var (emitter, format) = Common(a, b);
        return emitter.Apply(operation, a.In(emitter, format), b.In(emitter, format));
    }

    private static Flag Compare(RealComparison comparison, Real a, Real b)
    {
        var (emitter, format) = Common(a, b);
        return emitter.Compare(comparison, a.In(emitter, format), b.In(emitter, format));
    }

    private Real Unary(RealOperation operation) => Emitter.Apply(operation, this);
}
