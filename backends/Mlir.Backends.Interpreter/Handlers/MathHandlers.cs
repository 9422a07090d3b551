using Mlir.Dialects;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>math</c> dialect: what a pipeline did not expand is computed in double precision and rounded to the format.</summary>
internal static class MathHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        Unary<CeilOp>(table, Math.Ceiling);
        Unary<FloorOp>(table, Math.Floor);
        Unary<TruncOp>(table, Math.Truncate);
        Unary<RoundOp>(table, static x => Math.Round(x, MidpointRounding.AwayFromZero));
        Unary<RoundEvenOp>(table, static x => Math.Round(x, MidpointRounding.ToEven));
        Unary<SqrtOp>(table, Math.Sqrt);
        Unary<RsqrtOp>(table, static x => 1 / Math.Sqrt(x));
        Unary<CbrtOp>(table, Math.Cbrt);
        Unary<ExpOp>(table, Math.Exp);
        Unary<Exp2Op>(table, static x => Math.Pow(2, x));
        Unary<ExpM1Op>(table, ElementaryFunctions.ExpM1);
        Unary<LogOp>(table, Math.Log);
        Unary<Log2Op>(table, Math.Log2);
        Unary<Log10Op>(table, Math.Log10);
        Unary<Log1pOp>(table, ElementaryFunctions.Log1P);
        Unary<SinOp>(table, Math.Sin);
        Unary<CosOp>(table, Math.Cos);
        Unary<TanOp>(table, Math.Tan);
        Unary<AsinOp>(table, Math.Asin);
        Unary<AcosOp>(table, Math.Acos);
        Unary<AtanOp>(table, Math.Atan);
        Unary<SinhOp>(table, Math.Sinh);
        Unary<CoshOp>(table, Math.Cosh);
        Unary<TanhOp>(table, Math.Tanh);
        Unary<AsinhOp>(table, Math.Asinh);
        Unary<AcoshOp>(table, Math.Acosh);
        Unary<AtanhOp>(table, Math.Atanh);
        Unary<ErfOp>(table, ElementaryFunctions.Erf);
        Unary<ErfcOp>(table, ElementaryFunctions.Erfc);
        Function<Atan2Op>(table, Math.Atan2);
        Function<PowFOp>(table, Math.Pow);
        table.Add<AbsFOp>((b, op) => FloatFormats.Dispatch(b, op, op.Operand.Type, new Absolute(b, op)));
        table.Add<CopySignOp>((b, op) => FloatFormats.Dispatch(b, op, op.Lhs.Type, new CopySign(b, op)));
        table.Add<FmaOp>((b, op) => FloatFormats.Dispatch(b, op, op.A.Type, new Fma(b, op)));
        table.Add<ClampFOp>((b, op) => FloatFormats.Dispatch(b, op, op.Value.Type, new Clamp(b, op)));
        table.Add<FPowIOp>((b, op) => FloatFormats.Dispatch(b, op, op.Lhs.Type, new Power(b, op)));
        table.Add<SincosOp>(
            (b, op) =>
            {
                FloatFormats.Dispatch(b, op, op.Operand.Type, new Call(b, op, op.Sin, static (x, _) => Math.Sin(x)));
                FloatFormats.Dispatch(b, op, op.Operand.Type, new Call(b, op, op.Cos, static (x, _) => Math.Cos(x)));
            }
        );
        RegisterClasses(table);
        RegisterIntegers(table);
    }

    private static void RegisterClasses(HandlerTable.Registration table)
    {
        table.Add<IsFiniteOp>((b, op) => Classify(b, op, static (f, x) => double.IsFinite(FloatFormat.ToDouble(f, x))));
        table.Add<IsInfOp>((b, op) => Classify(b, op, static (f, x) => double.IsInfinity(FloatFormat.ToDouble(f, x))));
        table.Add<IsNaNOp>((b, op) => Classify(b, op, static (f, x) => double.IsNaN(FloatFormat.ToDouble(f, x))));
        table.Add<IsNormalOp>((b, op) => Classify(b, op, FloatClasses.IsNormal));
    }

    private static void RegisterIntegers(HandlerTable.Registration table)
    {
        Integer<AbsIOp>(table, static (x, _, _) => x < 0 ? -x : x);
        Integer<CountLeadingZerosOp>(
            table,
            static (x, _, w) => (int)UInt128.LeadingZeroCount(IntegerMath.Unsigned(x, w)) + w - 128
        );
        Integer<CountTrailingZerosOp>(
            table,
            static (x, _, w) => x == 0 ? w : (long)(int)UInt128.TrailingZeroCount(IntegerMath.Unsigned(x, w))
        );
        Integer<CtPopOp>(table, static (x, _, w) => (long)(int)UInt128.PopCount(IntegerMath.Unsigned(x, w)));
        table.Add<IPowIOp>(
            (b, op) =>
                Integer(
                    b,
                    op,
                    (x, y, w) =>
                        (long)(
                            IntegerMath.Power(x, y, w)
                            ?? throw new UndefinedBehaviorException(
                                op.Name,
                                "raises zero to a negative power",
                                op.Location
                            )
                        )
                )
        );
    }

    private static void Unary<T>(HandlerTable.Registration table, Func<double, double> function)
        where T : Operation => Function<T>(table, (x, _) => function(x));

    private static void Function<T>(HandlerTable.Registration table, Func<double, double, double> function)
        where T : Operation =>
        table.Add<T>(
            (b, op) => FloatFormats.Dispatch(b, op, op.Operands[0].Type, new Call(b, op, op.Results[0], function))
        );

    private static void Integer<T>(HandlerTable.Registration table, Func<long, long, int, long> function)
        where T : Operation => table.Add<T>((b, op) => Integer(b, op, function));

    private static void Integer(FunctionBuilder builder, Operation op, Func<long, long, int, long> function)
    {
        if (ArithHandlers.IsRare(op))
        {
            ArithHandlers.Fold(builder, op);
            return;
        }

        var shift = ElementKinds.WrapShift(TypeFacts.ScalarOf(op.Results[0].Type));
        builder.Elementwise(op, op.Results[0], new IntegerFunctionRule((x, y) => function(x, y, 64 - shift), shift));
    }

    private static void Classify(FunctionBuilder builder, Operation op, Func<FloatType, UInt128, bool> question)
    {
        if (ArithHandlers.IsRare(op))
        {
            ArithHandlers.Fold(builder, op);
            return;
        }

        builder.Elementwise(
            op,
            op.Results[0],
            new ClassifyRule((FloatType)TypeFacts.ScalarOf(op.Operands[0].Type), question)
        );
    }

    private readonly struct Call(
        FunctionBuilder builder,
        Operation op,
        Value result,
        Func<double, double, double> function
    ) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, result, new FloatFunctionRule<TFormat>(function));
    }

    private readonly struct Absolute(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Results[0], default(AbsoluteRule<TFormat>));
    }

    private readonly struct CopySign(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Results[0], default(CopySignRule<TFormat>));
    }

    private readonly struct Fma(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat => builder.Elementwise(op, op.Results[0], default(FmaRule<TFormat>));
    }

    private readonly struct Clamp(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat => builder.Elementwise(op, op.Results[0], default(ClampRule<TFormat>));
    }

    private readonly struct Power(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Results[0], default(FloatPowerRule<TFormat>));
    }
}
