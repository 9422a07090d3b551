using Mlir.Dialects;
using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>arith</c> dialect.</summary>
internal static class ArithHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<ConstantOp>(Constant);
        table.Add<SelectOp>(Select);
        RegisterIntegers(table);
        RegisterFloats(table);
        RegisterCasts(table);
    }

    private static void RegisterIntegers(HandlerTable.Registration table)
    {
        table.Add<AddIOp>((b, op) => Integer(b, op, s => new AddRule(s)));
        table.Add<SubIOp>((b, op) => Integer(b, op, s => new SubtractRule(s)));
        table.Add<MulIOp>((b, op) => Integer(b, op, s => new MultiplyRule(s)));
        table.Add<AndIOp>((b, op) => Integer(b, op, _ => default(AndRule)));
        table.Add<OrIOp>((b, op) => Integer(b, op, _ => default(OrRule)));
        table.Add<XOrIOp>((b, op) => Integer(b, op, _ => default(XorRule)));
        table.Add<ShLIOp>((b, op) => Integer(b, op, s => new ShiftRule(ShiftKind.Left, s, op)));
        table.Add<ShRUIOp>((b, op) => Integer(b, op, s => new ShiftRule(ShiftKind.RightUnsigned, s, op)));
        table.Add<ShRSIOp>((b, op) => Integer(b, op, s => new ShiftRule(ShiftKind.RightSigned, s, op)));
        table.Add<DivSIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.Signed, s, op)));
        table.Add<CeilDivSIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.SignedCeiling, s, op)));
        table.Add<FloorDivSIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.SignedFloor, s, op)));
        table.Add<RemSIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.SignedRemainder, s, op)));
        table.Add<DivUIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.Unsigned, s, op)));
        table.Add<CeilDivUIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.UnsignedCeiling, s, op)));
        table.Add<RemUIOp>((b, op) => Integer(b, op, s => new DivideRule(DivisionKind.UnsignedRemainder, s, op)));
        table.Add<MaxSIOp>((b, op) => Integer(b, op, _ => new ChooseIntegerRule(CmpIPredicate.Sgt)));
        table.Add<MinSIOp>((b, op) => Integer(b, op, _ => new ChooseIntegerRule(CmpIPredicate.Slt)));
        table.Add<MaxUIOp>((b, op) => Integer(b, op, _ => new ChooseIntegerRule(CmpIPredicate.Ugt)));
        table.Add<MinUIOp>((b, op) => Integer(b, op, _ => new ChooseIntegerRule(CmpIPredicate.Ult)));
        table.Add<CmpIOp>((b, op) => Integer(b, op, _ => new CompareIntegersRule(op.Predicate)));
        table.Add<AddUIExtendedOp>(
            (b, op) =>
            {
                if (IsRare(op))
                {
                    Fold(b, op);
                    return;
                }

                var shift = Shift(op.Lhs);
                b.Elementwise(op, op.Sum, new AddRule(shift));
                b.Elementwise(
                    op,
                    op.Overflow,
                    new IntegerFunctionRule((x, y) => IntegerMath.AddOverflowsUnsigned(x, y, 64 - shift) ? -1 : 0, 0)
                );
            }
        );
        table.Add<MulSIExtendedOp>((b, op) => Extended(b, op, op.Low, op.High, IntegerMath.MultiplyHighSigned));
        table.Add<MulUIExtendedOp>((b, op) => Extended(b, op, op.Low, op.High, IntegerMath.MultiplyHighUnsigned));
    }

    private static void RegisterFloats(HandlerTable.Registration table)
    {
        table.Add<AddFOp>((b, op) => Float<AddOperation>(b, op));
        table.Add<SubFOp>((b, op) => Float<SubtractOperation>(b, op));
        table.Add<MulFOp>((b, op) => Float<MultiplyOperation>(b, op));
        table.Add<DivFOp>((b, op) => Float<DivideOperation>(b, op));
        table.Add<RemFOp>((b, op) => Float<RemainderOperation>(b, op));
        table.Add<MaximumFOp>((b, op) => Float<MaximumOperation>(b, op));
        table.Add<MinimumFOp>((b, op) => Float<MinimumOperation>(b, op));
        table.Add<MaxNumFOp>((b, op) => Float<MaxNumOperation>(b, op));
        table.Add<MinNumFOp>((b, op) => Float<MinNumOperation>(b, op));
        table.Add<NegFOp>((b, op) => FloatFormats.Dispatch(b, op, op.Operand.Type, new Negate(b, op)));
        table.Add<CmpFOp>((b, op) => FloatFormats.Dispatch(b, op, op.Lhs.Type, new Compare(b, op)));
    }

    private static void RegisterCasts(HandlerTable.Registration table)
    {
        table.Add<ExtSIOp>((b, op) => Cast(b, op, op.In, op.Out, () => new WrapRule(0)));
        table.Add<TruncIOp>((b, op) => Cast(b, op, op.In, op.Out, () => new WrapRule(Shift(op.Out))));
        table.Add<ExtUIOp>(
            (b, op) => Cast(b, op, op.In, op.Out, () => new ZeroExtendRule(Shift(op.In), Shift(op.Out)))
        );
        table.Add<IndexCastOp>((b, op) => Cast(b, op, op.In, op.Out, () => new WrapRule(Shift(op.Out))));
        table.Add<IndexCastUIOp>(
            (b, op) => Cast(b, op, op.In, op.Out, () => new ZeroExtendRule(Shift(op.In), Shift(op.Out)))
        );
        table.Add<BitcastOp>(
            (b, op) =>
            {
                if (op.In.Type is MemRefType)
                {
                    throw FunctionBuilder.Unsupported(op, " on memrefs");
                }

                // Integers are sign-extended in registers, floats are not.
                var isInteger = TypeFacts.ScalarOf(op.Out.Type) is IntegerType;
                var width = TypeFacts.BitWidth(TypeFacts.ScalarOf(op.Out.Type));
                Cast(
                    b,
                    op,
                    op.In,
                    op.Out,
                    () => isInteger ? new ZeroExtendRule(0, 64 - width) : new ZeroExtendRule(64 - width, 0)
                );
            }
        );
        table.Add<ExtFOp>((b, op) => FloatFormats.Dispatch(b, op, op.In.Type, op.Out.Type, new Convert(b, op, op.Out)));
        table.Add<TruncFOp>(
            (b, op) =>
            {
                if (op.Roundingmode is { } mode and not RoundingMode.ToNearestEven)
                {
                    FloatFormats.Dispatch(b, op, op.In.Type, new Rounded(b, op, mode));
                }
                else
                {
                    FloatFormats.Dispatch(b, op, op.In.Type, op.Out.Type, new Convert(b, op, op.Out));
                }
            }
        );
        table.Add<ScalingExtFOp>(Fold);
        table.Add<ScalingTruncFOp>(Fold);
        table.Add<SIToFPOp>(
            (b, op) =>
                FloatFormats.Dispatch(
                    b,
                    op,
                    op.Out.Type,
                    new FromInteger(b, op, op.Out, IntegerToFloatRule<F64>.Signed)
                )
        );
        table.Add<UIToFPOp>(
            (b, op) => FloatFormats.Dispatch(b, op, op.Out.Type, new FromInteger(b, op, op.Out, Shift(op.In)))
        );
        table.Add<FPToSIOp>((b, op) => FloatFormats.Dispatch(b, op, op.In.Type, new ToInteger(b, op, op.Out, true)));
        table.Add<FPToUIOp>((b, op) => FloatFormats.Dispatch(b, op, op.In.Type, new ToInteger(b, op, op.Out, false)));
    }

    /// <summary>The shift that wraps integers of a type.</summary>
    private static int Shift(Value value) => ElementKinds.WrapShift(TypeFacts.ScalarOf(value.Type));

    /// <summary>Whether a scalar has no register form.</summary>
    public static bool IsRare(Operation op) =>
        op.Operands.Any(o => ElementKinds.Of(TypeFacts.ScalarOf(o.Type)) == ElementKind.Boxed)
        || op.Results.Any(r => ElementKinds.Of(TypeFacts.ScalarOf(r.Type)) == ElementKind.Boxed);

    /// <summary>Computes as the constant folder does.</summary>
    public static void Fold(FunctionBuilder builder, Operation op)
    {
        if (op.Results.Any(r => r.Type is ShapedType))
        {
            throw FunctionBuilder.Unsupported(op, $" on {op.Results[0].Type}");
        }

        builder.Emit(
            new FoldInstruction(
                op,
                builder.RegisterOf,
                builder.RegistersOf(op.Operands),
                builder.RegistersOf(op.Results)
            )
        );
    }

    private static void Constant(FunctionBuilder builder, ConstantOp op)
    {
        switch (op.Value)
        {
            case DenseElementsAttr dense:
                builder.SetConstant(op.Result, new ArrayValue(Storage.From(dense), [.. dense.ShapedType.Shape]));
                break;
            case var scalar when ElementKinds.Of(scalar.Type) == ElementKind.Boxed:
                builder.SetConstant(op.Result, scalar);
                break;
            case var scalar:
                builder.SetConstant(op.Result, ElementKinds.ToRegister(scalar));
                break;
        }
    }

    private static void Select(FunctionBuilder builder, SelectOp op)
    {
        if (op.Condition.Type is ShapedType || !builder.RegisterOf(op.Result).IsObject)
        {
            builder.Elementwise(op, op.Result, default(SelectRule));
            return;
        }

        var (condition, a, b, result) = (
            builder.Scalar(op.Condition),
            builder.Object(op.TrueValue),
            builder.Object(op.FalseValue),
            builder.Object(op.Result)
        );
        builder.Emit(frame => frame.Objects[result] = frame.Objects[frame.Scalars[condition] != 0 ? a : b]);
    }

    private static void Integer<TRule>(FunctionBuilder builder, Operation op, Func<int, TRule> rule)
        where TRule : struct, IScalarRule
    {
        if (IsRare(op))
        {
            Fold(builder, op);
        }
        else
        {
            builder.Elementwise(op, op.Results[0], rule(Shift(op.Operands[0])));
        }
    }

    private static void Extended(
        FunctionBuilder builder,
        Operation op,
        Value low,
        Value high,
        Func<Int128, Int128, int, Int128> highRule
    )
    {
        if (IsRare(op))
        {
            Fold(builder, op);
            return;
        }

        var shift = Shift(low);
        builder.Elementwise(op, low, new MultiplyRule(shift));
        builder.Elementwise(op, high, new IntegerFunctionRule((x, y) => (long)highRule(x, y, 64 - shift), shift));
    }

    private static void Cast<TRule>(FunctionBuilder builder, Operation op, Value input, Value output, Func<TRule> rule)
        where TRule : struct, IScalarRule
    {
        if (IsRare(op))
        {
            Fold(builder, op);
        }
        else
        {
            builder.Elementwise(op, output, rule());
        }
    }

    /// <summary>Appends a binary float operation in the format of its result.</summary>
    private static void Float<TOperation>(FunctionBuilder builder, Operation op)
        where TOperation : struct, IFloatOperation =>
        FloatFormats.Dispatch(builder, op, op.Results[0].Type, new Binary<TOperation>(builder, op));

    private readonly struct Binary<TOperation>(FunctionBuilder builder, Operation op) : FloatFormats.IAction
        where TOperation : struct, IFloatOperation
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Results[0], default(FloatRule<TFormat, TOperation>));
    }

    private readonly struct Negate(FunctionBuilder builder, Operation op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Results[0], default(NegateRule<TFormat>));
    }

    private readonly struct Compare(FunctionBuilder builder, CmpFOp op) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(op, op.Result, new CompareFloatsRule<TFormat>(op.Predicate));
    }

    private readonly struct Convert(FunctionBuilder builder, Operation op, Value output) : FloatFormats.IPairAction
    {
        public void Run<TFrom, TTo>()
            where TFrom : struct, IFloatFormat
            where TTo : struct, IFloatFormat => builder.Elementwise(op, output, default(ConvertFloatRule<TFrom, TTo>));
    }

    private readonly struct Rounded(FunctionBuilder builder, TruncFOp op, RoundingMode mode) : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(
                op,
                op.Out,
                new RoundFloatRule<TFormat>((FloatType)TypeFacts.ScalarOf(op.Out.Type), mode)
            );
    }

    private readonly struct FromInteger(FunctionBuilder builder, Operation op, Value output, int unsignedShift)
        : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(
                op,
                output,
                new IntegerToFloatRule<TFormat>(((FloatType)TypeFacts.ScalarOf(output.Type)).Precision, unsignedShift)
            );
    }

    private readonly struct ToInteger(FunctionBuilder builder, Operation op, Value output, bool signed)
        : FloatFormats.IAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat =>
            builder.Elementwise(
                op,
                output,
                new FloatToIntegerRule<TFormat>(TypeFacts.BitWidth(TypeFacts.ScalarOf(output.Type)), signed)
            );
    }
}
