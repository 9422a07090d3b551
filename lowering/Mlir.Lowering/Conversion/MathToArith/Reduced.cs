namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>A positive normal number x = 2^k m with m in [√½, √2).</summary>
internal readonly struct Reduced
{
    private readonly RealFormat _format;
    private readonly Bits _bits;
    private readonly Bits _exponent;

    /// <summary>Takes a number apart.</summary>
    public Reduced(Real x)
    {
        _format = x.Format;
        _bits = x.Bits;

        // k at the place of the exponent, positive or negative
        _exponent = (_bits - _format.SqrtHalfBits) & ~_format.FractionMask;
    }

    /// <summary>m.</summary>
    public Real M => (_bits - _exponent).Float;

    /// <summary>2^−k, where that is a normal number.</summary>
    public Real Power => (_format.OneBits - _exponent).Float;

    /// <summary>k · <see cref="Unit"/>.</summary>
    /// <remarks>
    /// Every processor converts 32-bit integers. 64-bit ones are biased to be positive and or-ed into the bits of 2^52, which makes the number
    /// that is larger by that integer.
    /// </remarks>
    public Real K
    {
        get
        {
            if (_format.Width == 32)
            {
                return _bits.Emitter.FromSigned(_exponent, _format);
            }

            var one = Math.ScaleB(1, _format.FractionBits);
            var biased = (_exponent + _format.OneBits).ShiftRight(_format.FractionBits);
            return (biased | BitConverter.DoubleToInt64Bits(one)).Float - (one + _format.Bias);
        }
    }

    /// <summary>What <see cref="K"/> counts in: a power of two.</summary>
    public static double Unit(RealFormat format) => format.Of(1, 1 << 23);
}
