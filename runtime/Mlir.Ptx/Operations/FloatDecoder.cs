using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes arithmetic in single and double precision.</summary>
internal static class FloatDecoder
{
    // add.rn.ftz.sat.f32 d, a, b;  mul.rz.f64;  sub.f32
    public static Instruction Binary(Decoder decoder, string operation)
    {
        var rounding = Mode(decoder);
        var (isFlushed, isSaturated) = (decoder.Has("ftz"), decoder.Has("sat"));
        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        if (rounding == Rounding.NearestEven && !isSaturated)
        {
            return (operation, type) switch
            {
                ("add", PtxType.F32) => Single<Add<float>>(isFlushed, result, x, y, x),
                ("sub", PtxType.F32) => Single<Subtract<float>>(isFlushed, result, x, y, x),
                ("mul", PtxType.F32) => Single<Multiply<float>>(isFlushed, result, x, y, x),
                ("add", _) => new VectorMap<double, Add<double>>(result, x, y, x),
                ("sub", _) => new VectorMap<double, Subtract<double>>(result, x, y, x),
                _ => new VectorMap<double, Multiply<double>>(result, x, y, x),
            };
        }

        Func<double, double, FloatFormat, Rounding, double> function = operation switch
        {
            "add" => Floats.Add,
            "sub" => (a, b, format, mode) => Floats.Add(a, -b, format, mode),
            _ => Floats.Multiply,
        };
        return type == PtxType.F64
            ? new Map<double, double, double>(result, x, y, (a, b) => function(a, b, FloatFormat.Double, rounding))
            : new Map<float, float, float>(
                result,
                x,
                y,
                (a, b) =>
                    Finish(
                        (float)function(In(a, isFlushed), In(b, isFlushed), FloatFormat.Single, rounding),
                        isFlushed,
                        isSaturated
                    )
            );
    }

    private static Instruction Single<TOperation>(bool isFlushed, int result, int x, int y, int z)
        where TOperation : IVectorOperation<float> =>
        isFlushed
            ? new VectorMap<float, Canonical<Flushed<TOperation>>>(result, x, y, z)
            : new VectorMap<float, Canonical<TOperation>>(result, x, y, z);

    // fma.rn.ftz.sat.f32 d, a, b, c;  mad.rn.f32 is the same
    public static Instruction MultiplyAdd(Decoder decoder)
    {
        var rounding = Mode(decoder);
        var (isFlushed, isSaturated) = (decoder.Has("ftz"), decoder.Has("sat"));
        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(4);
        var result = decoder.Destination(0, type);
        var (x, y, z) = (decoder.Source(1, type), decoder.Source(2, type), decoder.Source(3, type));
        if (rounding == Rounding.NearestEven && !isSaturated)
        {
            return type == PtxType.F32
                ? Single<FusedSingle>(isFlushed, result, x, y, z)
                : new VectorMap<double, FusedDouble>(result, x, y, z);
        }

        return type == PtxType.F64
            ? new Map<double, double, double, double>(
                result,
                x,
                y,
                z,
                (a, b, c) => Floats.MultiplyAdd(a, b, c, FloatFormat.Double, rounding)
            )
            : new Map<float, float, float, float>(
                result,
                x,
                y,
                z,
                (a, b, c) =>
                    Finish(
                        (float)
                            Floats.MultiplyAdd(
                                In(a, isFlushed),
                                In(b, isFlushed),
                                In(c, isFlushed),
                                FloatFormat.Single,
                                rounding
                            ),
                        isFlushed,
                        isSaturated
                    )
            );
    }

    // div.rn.f32 d, a, b;  div.approx.ftz.f32;  div.full.f32: the approximate ones are correctly rounded here
    public static Instruction Divide(Decoder decoder)
    {
        var isApproximate = decoder.OneOf("approx", "full") is not null;
        var rounding = Mode(decoder);
        var isFlushed = decoder.Has("ftz");
        var type = isApproximate ? decoder.Type(PtxType.F32) : decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        var isNearest = rounding == Rounding.NearestEven;
        return type == PtxType.F64
            ? new Map<double, double, double>(
                result,
                x,
                y,
                isNearest ? (a, b) => a / b : (a, b) => Floats.Divide(a, b, FloatFormat.Double, rounding)
            )
            : new Map<float, float, float>(
                result,
                x,
                y,
                isNearest
                    ? (a, b) => Finish(In(a, isFlushed) / In(b, isFlushed), isFlushed, false)
                    : (a, b) =>
                        Finish(
                            (float)Floats.Divide(In(a, isFlushed), In(b, isFlushed), FloatFormat.Single, rounding),
                            isFlushed,
                            false
                        )
            );
    }

    // sqrt.rn.f32 d, a;  rcp.approx.ftz.f32;  rsqrt.approx.f64;  ex2.approx.f32;  sin.approx.f32
    public static Instruction Unary(Decoder decoder, string operation)
    {
        var isApproximate = decoder.Has("approx");
        var rounding = Mode(decoder);
        var isFlushed = decoder.Has("ftz");
        var type = decoder.Type();
        if (type is PtxType.F16 or PtxType.BF16 or PtxType.F16x2 or PtxType.BF16x2 && operation is "ex2" or "tanh")
        {
            return HalfDecoder.Approximate(decoder, type, value => (float)Function(operation)(value));
        }

        decoder.RequireOperands(2);
        if (
            type is not (PtxType.F32 or PtxType.F64)
            || (type == PtxType.F64 && operation is not ("sqrt" or "rcp" or "rsqrt"))
        )
        {
            throw decoder.Fail($"is not known for .{type.Name}");
        }

        if (!isApproximate && operation is not ("sqrt" or "rcp"))
        {
            throw decoder.Fail("is known with .approx only");
        }

        var (result, x) = (decoder.Destination(0, type), decoder.Source(1, type));
        if (rounding != Rounding.NearestEven)
        {
            Func<double, FloatFormat, double> directed =
                operation == "sqrt"
                    ? (a, format) => Floats.SquareRoot(a, format, rounding)
                    : (a, format) => Floats.Divide(1, a, format, rounding);
            return type == PtxType.F64
                ? new Map<double, double>(result, x, a => directed(a, FloatFormat.Double))
                : new Map<float, float>(
                    result,
                    x,
                    a => Finish((float)directed(In(a, isFlushed), FloatFormat.Single), isFlushed, false)
                );
        }

        var function = Function(operation);
        return type == PtxType.F64
            ? new Map<double, double>(result, x, function)
            : operation switch
            {
                "sqrt" => new Map<float, float>(result, x, a => Finish(MathF.Sqrt(In(a, isFlushed)), isFlushed, false)),
                "rcp" => new Map<float, float>(result, x, a => Finish(1 / In(a, isFlushed), isFlushed, false)),
                _ => new Map<float, float>(result, x, a => Finish((float)function(In(a, isFlushed)), isFlushed, false)),
            };
    }

    // What the hardware approximates is computed in double precision and rounded once.
    private static Func<double, double> Function(string operation) =>
        operation switch
        {
            "ex2" => x => Math.Pow(2, x),
            "lg2" => Math.Log2,
            "sin" => Math.Sin,
            "cos" => Math.Cos,
            "tanh" => Math.Tanh,
            "sqrt" => Math.Sqrt,
            "rcp" => x => 1 / x,
            _ => x => 1 / Math.Sqrt(x),
        };

    // min.f32: the number where the other is NaN;  min.NaN.f32: NaN;  .xorsign.abs: of magnitudes, with the signs' product
    public static Instruction Extreme(Decoder decoder, string operation)
    {
        var (isFlushed, isNaN) = (decoder.Has("ftz"), decoder.Has("NaN"));
        var isXorSign = decoder.Has("xorsign");
        if (isXorSign && !decoder.Has("abs"))
        {
            throw decoder.Fail("needs .abs behind .xorsign");
        }

        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        Func<double, double, double> extreme = (operation, isNaN) switch
        {
            ("min", true) => Math.Min,
            ("max", true) => Math.Max,
            ("min", false) => double.MinNumber,
            _ => double.MaxNumber,
        };
        return type == PtxType.F64
            ? new Map<double, double, double>(result, x, y, extreme)
            : new Map<float, float, float>(
                result,
                x,
                y,
                (a, b) =>
                {
                    (a, b) = (In(a, isFlushed), In(b, isFlushed));
                    if (!isXorSign)
                    {
                        return Floats.Canonical((float)extreme(a, b));
                    }

                    var value = Floats.Canonical((float)extreme(Math.Abs(a), Math.Abs(b)));
                    return float.IsNegative(a) != float.IsNegative(b) ? -value : value;
                }
            );
    }

    // abs.ftz.f32 d, a;  neg.f64 d, a
    public static Instruction Sign(Decoder decoder, string operation)
    {
        var isFlushed = decoder.Has("ftz");
        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(2);
        var (result, x) = (decoder.Destination(0, type), decoder.Source(1, type));
        var isNegation = operation == "neg";
        return type == PtxType.F64
            ? new Map<ulong, ulong>(result, x, isNegation ? a => a ^ (1UL << 63) : a => a & ~(1UL << 63))
            : new Map<float, float>(result, x, isNegation ? a => -In(a, isFlushed) : a => MathF.Abs(In(a, isFlushed)));
    }

    // copysign.f32 d, a, b: the sign of a, the magnitude of b
    public static Instruction CopySign(Decoder decoder)
    {
        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        return type == PtxType.F32
            ? new Map<uint, uint, uint>(result, x, y, (a, b) => (a & (1u << 31)) | (b & ~(1u << 31)))
            : new Map<ulong, ulong, ulong>(result, x, y, (a, b) => (a & (1UL << 63)) | (b & ~(1UL << 63)));
    }

    // testp.infinite.f32 p, a
    public static Instruction TestProperty(Decoder decoder)
    {
        var property = decoder.Require("finite", "infinite", "number", "notanumber", "normal", "subnormal");
        var type = decoder.Type(PtxType.F32, PtxType.F64);
        decoder.RequireOperands(2);
        var (result, x) = (decoder.Destination(0, PtxType.Pred), decoder.Source(1, type));
        return type == PtxType.F32
            ? new Test<float>(
                result,
                null,
                x,
                x,
                property switch
                {
                    "finite" => (a, _) => float.IsFinite(a),
                    "infinite" => (a, _) => float.IsInfinity(a),
                    "number" => (a, _) => !float.IsNaN(a),
                    "notanumber" => (a, _) => float.IsNaN(a),
                    "normal" => (a, _) => float.IsNormal(a),
                    _ => (a, _) => float.IsSubnormal(a),
                },
                null
            )
            : new Test<double>(
                result,
                null,
                x,
                x,
                property switch
                {
                    "finite" => (a, _) => double.IsFinite(a),
                    "infinite" => (a, _) => double.IsInfinity(a),
                    "number" => (a, _) => !double.IsNaN(a),
                    "notanumber" => (a, _) => double.IsNaN(a),
                    "normal" => (a, _) => double.IsNormal(a),
                    _ => (a, _) => double.IsSubnormal(a),
                },
                null
            );
    }

    /// <summary>The rounding among the modifiers; to the nearest where there is none.</summary>
    public static Rounding Mode(Decoder decoder) =>
        decoder.OneOf("rn", "rz", "rm", "rp", "rna") switch
        {
            "rz" => Rounding.Zero,
            "rm" => Rounding.Down,
            "rp" => Rounding.Up,
            "rna" => Rounding.NearestAway,
            _ => Rounding.NearestEven,
        };

    private static float In(float x, bool isFlushed) => isFlushed ? Floats.Flush(x) : x;

    private static float Finish(float x, bool isFlushed, bool isSaturated)
    {
        x = isSaturated ? Floats.Saturate(x) : Floats.Canonical(x);
        return isFlushed ? Floats.Flush(x) : x;
    }
}
