using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>A truth value under construction, one for each lane.</summary>
internal readonly struct Flag(Emitter emitter, Value value)
{
    /// <summary>The emitted i1, or vector of i1.</summary>
    public Value Value => value;

    /// <summary>What emits the operations.</summary>
    public Emitter Emitter => emitter;

    public static Flag operator &(Flag a, Flag b) => a.Emitter.Apply(BitsOperation.And, a, b);

    public static Flag operator |(Flag a, Flag b) => a.Emitter.Apply(BitsOperation.Or, a, b);

    public static Flag operator ^(Flag a, Flag b) => a.Emitter.Apply(BitsOperation.Xor, a, b);

    /// <summary>One of two numbers in each lane; at least one must not be a literal.</summary>
    public Real Select(Real whenTrue, Real whenFalse)
    {
        var (e, format) = Real.Common(whenTrue, whenFalse);
        return e.Select(this, whenTrue.In(e, format), whenFalse.In(e, format));
    }

    /// <summary>One of two literals in each lane.</summary>
    public Real Select(double whenTrue, double whenFalse, RealFormat format) =>
        emitter.Select(this, emitter.Constant(whenTrue, format), emitter.Constant(whenFalse, format));

    /// <summary>One of two integers in each lane; at least one must not be a literal.</summary>
    public Bits Select(Bits whenTrue, Bits whenFalse)
    {
        var (e, width) = Bits.Common(whenTrue, whenFalse);
        return e.Select(this, whenTrue.In(e, width), whenFalse.In(e, width));
    }

    /// <summary>One of two literals in each lane.</summary>
    public Bits Select(long whenTrue, long whenFalse, int width) =>
        emitter.Select(this, emitter.Constant(whenTrue, width), emitter.Constant(whenFalse, width));
}
