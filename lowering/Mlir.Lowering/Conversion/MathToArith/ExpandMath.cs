using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// Replaces elementary functions on scalars and vectors by arithmetic: polynomials on <c>arith</c>, fused multiply-adds, square roots
/// and bit operations, so that they vectorise, fuse, need no library and give the same bits on every target. Results are within 2 ulp
/// of the exact value in f32 and f64 (f16 and bf16 compute in f32); special values are those of .NET's <see cref="Math"/>. What
/// hardware does in an instruction (sqrt, fma, floor, ceil, trunc, roundeven, absf, copysign, bit counts, classification) stays.
/// </summary>
[Pass("expand-math")]
public sealed partial record ExpandMath : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        var builder = new OpBuilder();
        foreach (var inner in op.Walk().Where(o => o is { Definition.Dialect: "math" } or RemFOp).ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (inner.Results[0].Type is ShapedType and not VectorType)
            {
                continue;
            }

            builder.SetInsertionPoint(inner);
            if (Expand(inner, new(builder, inner.Location, inner.Results[0].Type as VectorType)) is { } values)
            {
                inner.ReplaceAllUsesWith(values);
                inner.Erase();
            }
        }
    }

    private static Value[]? Expand(Operation op, Emitter emitter) =>
        (RelaxFloats.Of(op).HasFlag(FastMathFlags.Afn) ? ExpandRelaxed(op, emitter) : null) ?? ExpandExact(op, emitter);

    /// <summary>The functions that are cheaper where approximations are allowed.</summary>
    private static Value[]? ExpandRelaxed(Operation op, Emitter emitter) =>
        op switch
        {
            ExpOp => Unary(op, emitter, Relaxed.Exp),
            Exp2Op => Unary(op, emitter, Relaxed.Exp2),
            ExpM1Op => Unary(op, emitter, Relaxed.ExpM1),
            LogOp => Unary(op, emitter, Relaxed.Log),
            Log2Op => Unary(op, emitter, Relaxed.Log2),
            Log10Op => Unary(op, emitter, Relaxed.Log10),
            Log1pOp => Unary(op, emitter, Relaxed.Log1P),
            TanhOp => Unary(op, emitter, Relaxed.Tanh),
            _ => null,
        };

    private static Value[]? ExpandExact(Operation op, Emitter emitter) =>
        op switch
        {
            ExpOp => Unary(op, emitter, Exponential.Exp),
            Exp2Op => Unary(op, emitter, Exponential.Exp2),
            ExpM1Op => Unary(op, emitter, Exponential.ExpM1),
            LogOp => Unary(op, emitter, Logarithm.Log),
            Log2Op => Unary(op, emitter, Logarithm.Log2),
            Log10Op => Unary(op, emitter, Logarithm.Log10),
            Log1pOp => Unary(op, emitter, Logarithm.Log1P),
            SinOp => Unary(op, emitter, Trigonometric.Sin),
            CosOp => Unary(op, emitter, Trigonometric.Cos),
            TanOp => Unary(op, emitter, Trigonometric.Tan),
            SincosOp => SinCos(op, emitter),
            SinhOp => Unary(op, emitter, Hyperbolic.Sinh),
            CoshOp => Unary(op, emitter, Hyperbolic.Cosh),
            TanhOp => Unary(op, emitter, Hyperbolic.Tanh),
            AsinOp => Unary(op, emitter, InverseTrigonometric.Asin),
            AcosOp => Unary(op, emitter, InverseTrigonometric.Acos),
            AtanOp => Unary(op, emitter, InverseTrigonometric.Atan),
            Atan2Op => Binary(op, emitter, InverseTrigonometric.Atan2),
            AsinhOp => Unary(op, emitter, InverseHyperbolic.Asinh),
            AcoshOp => Unary(op, emitter, InverseHyperbolic.Acosh),
            AtanhOp => Unary(op, emitter, InverseHyperbolic.Atanh),
            ErfOp => Unary(op, emitter, ErrorFunction.Erf),
            ErfcOp => Unary(op, emitter, ErrorFunction.Erfc),
            CbrtOp => Unary(op, emitter, Root.Cbrt),
            RsqrtOp => Unary(op, emitter, Root.Rsqrt),
            PowFOp => Binary(op, emitter, (x, y) => ByConstantPower(op, x) ?? Power.Pow(x, y)),
            FPowIOp => PowerOfInteger(op, emitter),
            IPowIOp => IntegerPower.Expand(op, emitter),
            RoundOp => Unary(op, emitter, Remainder.Round),
            RemFOp => Binary(op, emitter, Remainder.Of),
            ClampFOp clamp =>
            [
                emitter.Insert(
                    new MinimumFOp(
                        op.Location,
                        emitter.Insert(new MaximumFOp(op.Location, clamp.Value, clamp.Min)),
                        clamp.Max
                    )
                ),
            ],
            _ => null,
        };

    private static Value[]? Unary(Operation op, Emitter emitter, Func<Real, Real> function) =>
        Widen(op.Operands[0], emitter) is { } x ? [Narrow(function(x), op.Results[0].Type, emitter)] : null;

    private static Value[]? Binary(Operation op, Emitter emitter, Func<Real, Real, Real> function) =>
        Widen(op.Operands[0], emitter) is { } x && Widen(op.Operands[1], emitter) is { } y
            ? [Narrow(function(x, y), op.Results[0].Type, emitter)]
            : null;

    private static Value[]? SinCos(Operation op, Emitter emitter)
    {
        if (Widen(op.Operands[0], emitter) is not { } x)
        {
            return null;
        }

        var (sin, cos) = Trigonometric.SinCos(x);
        return [Narrow(sin, op.Results[0].Type, emitter), Narrow(cos, op.Results[1].Type, emitter)];
    }

    private static Value[]? PowerOfInteger(Operation op, Emitter emitter)
    {
        var n = op.Operands[1];
        if (ElementType(n.Type) is not IntegerType { Width: <= 64 } type || Widen(op.Operands[0], emitter) is not { } x)
        {
            return null;
        }

        var width = type.Width <= 32 ? 32 : 64;
        if (type.Width != width)
        {
            n = emitter.Insert(new ExtSIOp(op.Location, n, emitter.TypeOf(IntegerType.Get(width))));
        }

        return
        [
            Narrow(
                ByConstantPower(op, x) ?? Power.PowInteger(x, new Bits(emitter, n, width)),
                op.Results[0].Type,
                emitter
            ),
        ];
    }

    private static Real? ByConstantPower(Operation op, Real x) =>
        (op.Operands[1].ConstFloat ?? (double?)op.Operands[1].ConstInt) is { } exponent
            ? Power.ByConstant(x, exponent)
            : null;

    /// <summary>An operand in the format that the expansion computes in; null where there is none (f80, f128, eight-bit floats).</summary>
    private static Real? Widen(Value value, Emitter emitter)
    {
        var type = ElementType(value.Type);
        if (type == FloatType.F64)
        {
            return new Real(emitter, value, RealFormat.Double);
        }

        if (type == FloatType.F16 || type == FloatType.BF16)
        {
            value = emitter.Insert(
                new ExtFOp(value.Definer?.Location ?? Location.Unknown, value, emitter.TypeOf(FloatType.F32))
            );
        }
        else if (type != FloatType.F32)
        {
            return null;
        }

        return new Real(emitter, value, RealFormat.Single);
    }

    private static Value Narrow(Real result, IrType type, Emitter emitter) =>
        result.Value.Type == type
            ? result.Value
            : emitter.Insert(new TruncFOp(result.Value.Definer!.Location, result.Value, type));

    private static IrType ElementType(IrType type) => type is ShapedType shaped ? shaped.ElementType : type;
}
