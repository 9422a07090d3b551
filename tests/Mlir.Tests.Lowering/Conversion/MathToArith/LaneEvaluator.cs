using Mlir.Dialects.Arith;
using Mlir.Dialects.Func;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>
/// Runs a function of elementwise operations on many inputs at once: a value is an array of bit patterns, one for each input. This is
/// what makes millions of measurements affordable; it knows the operations that expansions may use and nothing else.
/// </summary>
public sealed class LaneEvaluator
{
    private readonly Dictionary<Value, ulong[]> _values = [];
    private readonly int _lanes;

    private LaneEvaluator(int lanes) => _lanes = lanes;

    /// <summary>The results of a function for each tuple of arguments, as bit patterns.</summary>
    public static ulong[][] Run(FuncOp function, params ulong[][] arguments)
    {
        var evaluator = new LaneEvaluator(arguments[0].Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            evaluator._values[function.Entry.Arguments[i]] = arguments[i];
        }

        return evaluator.Run(function.Entry);
    }

    private static double F64(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static float F32(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static IrType Element(Value value) => value.Type is ShapedType shaped ? shaped.ElementType : value.Type;

    private static int Width(Value value) =>
        Element(value) switch
        {
            FloatType f => f.Width,
            IntegerType i => i.Width,
            _ => 64,
        };

    private static ulong Mask(int width) => width == 64 ? ulong.MaxValue : (1UL << width) - 1;

    private static long Signed(ulong bits, int width) => (long)(bits << (64 - width)) >> (64 - width);

    private ulong[][] Run(Block block)
    {
        foreach (var op in block.Operations)
        {
            if (op is ReturnOp or YieldOp)
            {
                return [.. op.Operands.Select(v => _values[v])];
            }

            var results = Evaluate(op);
            for (var i = 0; i < results.Length; i++)
            {
                _values[op.Results[i]] = results[i];
            }
        }

        throw new InvalidOperationException("The block has no terminator.");
    }

    private ulong[][] Evaluate(Operation op) =>
        op switch
        {
            Mlir.Dialects.Arith.ConstantOp constant => [Constant(constant.Value)],
            IfOp branch => If(branch),
            ForOp loop => For(loop),
            AddFOp => [Float(op, (a, b) => a + b, (a, b) => a + b)],
            SubFOp => [Float(op, (a, b) => a - b, (a, b) => a - b)],
            MulFOp => [Float(op, (a, b) => a * b, (a, b) => a * b)],
            DivFOp => [Float(op, (a, b) => a / b, (a, b) => a / b)],
            MaximumFOp => [Float(op, Math.Max, MathF.Max)],
            MinimumFOp => [Float(op, Math.Min, MathF.Min)],
            CopySignOp => [Float(op, Math.CopySign, MathF.CopySign)],
            NegFOp => [Float(op, a => -a, a => -a)],
            AbsFOp => [Float(op, Math.Abs, MathF.Abs)],
            SqrtOp => [Float(op, Math.Sqrt, MathF.Sqrt)],
            TruncOp => [Float(op, Math.Truncate, MathF.Truncate)],
            FmaOp => [Fma(op)],
            ExtFOp or TruncFOp => [ConvertFloat(op)],
            SIToFPOp =>
            [
                Map(
                    op,
                    Width(op.Operands[0]),
                    Element(op.Results[0]) == FloatType.F64 ? x => Bits((double)x) : x => Bits((float)x)
                ),
            ],
            BitcastOp => [_values[op.Operands[0]]],
            ExtUIOp => [_values[op.Operands[0]]],
            ExtSIOp => [Map(op, Width(op.Operands[0]), x => (ulong)x & Mask(Width(op.Results[0])))],
            TruncIOp => [Map(op, 64, x => (ulong)x & Mask(Width(op.Results[0])))],
            CmpFOp compare => [Compare(compare)],
            CmpIOp compare => [Compare(compare)],
            SelectOp => [Select(_values[op.Operands[0]], _values[op.Operands[1]], _values[op.Operands[2]])],
            AddIOp => [Integer(op, (a, b) => a + b)],
            SubIOp => [Integer(op, (a, b) => a - b)],
            MulIOp => [Integer(op, (a, b) => a * b)],
            AndIOp => [Integer(op, (a, b) => a & b)],
            OrIOp => [Integer(op, (a, b) => a | b)],
            XOrIOp => [Integer(op, (a, b) => a ^ b)],
            ShLIOp => [Integer(op, (a, b) => a << Amount(op, b))],
            ShRUIOp => [Integer(op, (a, b) => a >> Amount(op, b))],
            ShRSIOp => [Integer(op, (a, b) => (ulong)(Signed(a, Width(op.Results[0])) >> Amount(op, b)))],
            _ => throw new NotSupportedException($"An expansion must not contain '{op.Name}'."),
        };

    /// <summary>A shift by the width or more has no result in MLIR, so no expansion may ever make one, not even in a lane that is not used.</summary>
    private static int Amount(Operation op, ulong amount) =>
        amount < (ulong)Width(op.Results[0])
            ? (int)amount
            : throw new InvalidOperationException($"{op.Name} by {amount}");

    private ulong[] Constant(TypedAttr value)
    {
        var scalar = value is DenseElementsAttr dense ? dense.SplatValue! : value;
        var bits = scalar switch
        {
            FloatAttr f => (ulong)f.Bits,
            IntegerAttr i => (ulong)i.Bits,
            _ => throw new NotSupportedException(),
        };
        var result = new ulong[_lanes];
        Array.Fill(result, bits);
        return result;
    }

    /// <summary>Both branches run on all lanes, the first only if some lane asks for it: legal, because expansions make pure ones.</summary>
    private ulong[][] If(IfOp branch)
    {
        var condition = _values[branch.Condition];
        var otherwise = Run(branch.ElseBlock!);
        return condition.Contains(1UL)
            ? [.. Run(branch.ThenBlock).Zip(otherwise, (a, b) => Select(condition, a, b))]
            : otherwise;
    }

    private ulong[][] For(ForOp loop)
    {
        ulong[][] carried = [.. loop.InitArgs.Select(v => _values[v])];
        long lower = (long)_values[loop.LowerBound][0],
            upper = (long)_values[loop.UpperBound][0],
            step = (long)_values[loop.Step][0];
        for (var i = lower; i < upper; i += step)
        {
            foreach (var (argument, value) in loop.RegionIterArgs.Zip(carried))
            {
                _values[argument] = value;
            }

            carried = Run(loop.Body);
        }

        return carried;
    }

    private ulong[] Select(ulong[] condition, ulong[] a, ulong[] b)
    {
        var result = new ulong[_lanes];
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = condition[i] != 0 ? a[i] : b[i];
        }

        return result;
    }

    private ulong[] Float(Operation op, Func<double, double> f64, Func<float, float> f32)
    {
        var x = _values[op.Operands[0]];
        var result = new ulong[_lanes];
        var wide = Element(op.Results[0]) == FloatType.F64;
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = wide ? Bits(f64(F64(x[i]))) : Bits(f32(F32(x[i])));
        }

        return result;
    }

    private ulong[] Float(Operation op, Func<double, double, double> f64, Func<float, float, float> f32)
    {
        ulong[] x = _values[op.Operands[0]],
            y = _values[op.Operands[1]];
        var result = new ulong[_lanes];
        var wide = Element(op.Results[0]) == FloatType.F64;
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = wide ? Bits(f64(F64(x[i]), F64(y[i]))) : Bits(f32(F32(x[i]), F32(y[i])));
        }

        return result;
    }

    private ulong[] Fma(Operation op)
    {
        ulong[] x = _values[op.Operands[0]],
            y = _values[op.Operands[1]],
            z = _values[op.Operands[2]];
        var result = new ulong[_lanes];
        var wide = Element(op.Results[0]) == FloatType.F64;
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = wide
                ? Bits(Math.FusedMultiplyAdd(F64(x[i]), F64(y[i]), F64(z[i])))
                : Bits(MathF.FusedMultiplyAdd(F32(x[i]), F32(y[i]), F32(z[i])));
        }

        return result;
    }

    private ulong[] ConvertFloat(Operation op)
    {
        IrType from = Element(op.Operands[0]),
            to = Element(op.Results[0]);
        return Array.ConvertAll(_values[op.Operands[0]], x => Narrow(to, Widen(from, x)));
    }

    private static double Widen(IrType type, ulong bits) =>
        type == FloatType.F64 ? F64(bits)
        : type == FloatType.F32 ? F32(bits)
        : type == FloatType.F16 ? (double)BitConverter.UInt16BitsToHalf((ushort)bits)
        : F32(bits << 16);

    private static ulong Narrow(IrType type, double value) =>
        type == FloatType.F64 ? Bits(value)
        : type == FloatType.F32 ? Bits((float)value)
        : type == FloatType.F16 ? BitConverter.HalfToUInt16Bits((Half)value)
        : (ulong)FloatAttr.Get(FloatType.BF16, value).Bits;

    private ulong[] Compare(CmpFOp op)
    {
        ulong[] x = _values[op.Lhs],
            y = _values[op.Rhs];
        var wide = Element(op.Lhs) == FloatType.F64;
        var result = new ulong[_lanes];
        for (var i = 0; i < _lanes; i++)
        {
            double a = wide ? F64(x[i]) : F32(x[i]),
                b = wide ? F64(y[i]) : F32(y[i]);
            result[i] =
                (
                    op.Predicate switch
                    {
                        CmpFPredicate.OLt => a < b,
                        CmpFPredicate.OLe => a <= b,
                        CmpFPredicate.OEq => a == b,
                        CmpFPredicate.UNe => a != b,
                        CmpFPredicate.Uno => double.IsNaN(a) || double.IsNaN(b),
                        _ => throw new NotSupportedException($"{op.Predicate}"),
                    }
                )
                    ? 1UL
                    : 0;
        }

        return result;
    }

    private ulong[] Compare(CmpIOp op)
    {
        ulong[] x = _values[op.Lhs],
            y = _values[op.Rhs];
        var width = Width(op.Lhs);
        var result = new ulong[_lanes];
        for (var i = 0; i < _lanes; i++)
        {
            result[i] =
                (
                    op.Predicate switch
                    {
                        CmpIPredicate.Eq => x[i] == y[i],
                        CmpIPredicate.Ne => x[i] != y[i],
                        CmpIPredicate.Ult => x[i] < y[i],
                        CmpIPredicate.Slt => Signed(x[i], width) < Signed(y[i], width),
                        CmpIPredicate.Sge => Signed(x[i], width) >= Signed(y[i], width),
                        _ => throw new NotSupportedException($"{op.Predicate}"),
                    }
                )
                    ? 1UL
                    : 0;
        }

        return result;
    }

    private ulong[] Integer(Operation op, Func<ulong, ulong, ulong> operation)
    {
        ulong[] x = _values[op.Operands[0]],
            y = _values[op.Operands[1]];
        var mask = Mask(Width(op.Results[0]));
        var result = new ulong[_lanes];
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = operation(x[i], y[i]) & mask;
        }

        return result;
    }

    private ulong[] Map(Operation op, int width, Func<long, ulong> conversion)
    {
        var x = _values[op.Operands[0]];
        var result = new ulong[_lanes];
        for (var i = 0; i < _lanes; i++)
        {
            result[i] = conversion(Signed(x[i], width));
        }

        return result;
    }
}
