using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>The functions that processors have; all others were expanded into arithmetic before.</summary>
internal static class MathToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        Unary<AbsFOp>(table, "fabs", (l, x, f) => new LL.FAbsOp(l, x, f));
        Unary<SqrtOp>(table, "sqrt", (l, x, f) => new LL.SqrtOp(l, x, f));
        Unary<FloorOp>(table, "floor", (l, x, f) => new LL.FFloorOp(l, x, f));
        Unary<CeilOp>(table, "ceil", (l, x, f) => new LL.FCeilOp(l, x, f));
        Unary<TruncOp>(table, "trunc", (l, x, f) => new LL.FTruncOp(l, x, f));
        Unary<RoundOp>(table, "round", (l, x, f) => new LL.RoundOp(l, x, f));
        Unary<RoundEvenOp>(table, "rint", (l, x, f) => new LL.RoundEvenOp(l, x, f));
        Unary<AbsIOp>(table, "", (l, x, _) => new LL.AbsOp(l, x, false));
        Unary<CountLeadingZerosOp>(table, "", (l, x, _) => new LL.CountLeadingZerosOp(l, x, false));
        Unary<CountTrailingZerosOp>(table, "", (l, x, _) => new LL.CountTrailingZerosOp(l, x, false));
        Unary<CtPopOp>(table, "", (l, x, _) => new LL.CtPopOp(l, x));
        table.Add<CopySignOp>(
            (op, e) =>
                e.Set(
                    op.Result,
                    Known(
                        e,
                        "copysign",
                        FloatType.F32,
                        [e.Get(op.Lhs), e.Get(op.Rhs)],
                        v => new LL.CopySignOp(op.Location, v[0], v[1], ArithToLlvm.Flags(op.Fastmath))
                    )
                )
        );
        table.Add<FmaOp>(
            (op, e) =>
                e.Set(
                    op.Result,
                    Known(
                        e,
                        "fma",
                        FloatType.F64, // holds the sum of any product and any number that is as large as half an f16's last place
                        [e.Get(op.A), e.Get(op.B), e.Get(op.C)],
                        v => new LL.FMAOp(op.Location, v[0], v[1], v[2], ArithToLlvm.Flags(op.Fastmath))
                    )
                )
        );
        table.Add<ClampFOp>(Clamp);
        table.Add<RsqrtOp>(Rsqrt);

        // isnan(x) → x is not equal to itself; the others ask for classes of floats
        table.Add<IsNaNOp>(
            (op, e) =>
                e.Replace(op, new LL.FCmpOp(op.Location, LL.FCmpPredicate.Uno, e.Get(op.Operand), e.Get(op.Operand)))
        );
        Class<IsInfOp>(table, Infinite);
        Class<IsFiniteOp>(table, AllClasses & ~(NaN | Infinite));
        Class<IsNormalOp>(table, Normal);
    }

    // The classes that llvm.is.fpclass knows: signalling and quiet NaN, then from minus to plus infinity.
    private const long NaN = 3;
    private const long Infinite = 4 | 512;
    private const long Normal = 8 | 256;
    private const long AllClasses = 1023;

    private static void Unary<T>(
        ConversionTable table,
        string name,
        Func<Location, Value, LL.FastmathFlags, Operation> make
    )
        where T : Operation =>
        table.Add<T>(
            (op, e) =>
                e.Set(
                    op.Results[0],
                    Known(
                        e,
                        name,
                        FloatType.F32,
                        [e.Get(op.OpOperands[0].Value)],
                        v =>
                            make(
                                op.Location,
                                v[0],
                                op.GetAttribute("fastmath") is EnumAttr<FastMathFlags> flags
                                    ? ArithToLlvm.Flags(flags.Value)
                                    : 0
                            )
                    )
                )
        );

    /// <summary>
    /// A function of a processor. OpenCL's devices need not have those of f16: there the wider one is rounded, which changes no bit. It is called by
    /// OpenCL's name, since LLVM would make the narrow one of its own again.
    /// </summary>
    private static Value Known(
        LlvmEmitter e,
        string name,
        FloatType wider,
        Value[] operands,
        Func<Value[], Operation> make
    )
    {
        if (e.Module.Gpu is not Gpu.GpuTarget.Spirv || operands[0].Type != FloatType.F16)
        {
            return e.Emit(make(operands));
        }

        Value[] wide = [.. operands.Select(x => e.Emit(new LL.FPExtOp(e.Location, x, wider)))];
        var letters = new string(wider == FloatType.F32 ? 'f' : 'd', wide.Length);
        var result = Gpu.GpuToLlvm.Call(e, $"_Z{name.Length}{name}{letters}", wider, wide)!;
        return e.Emit(new LL.FPTruncOp(e.Location, result, FloatType.F16));
    }

    private static void Class<T>(ConversionTable table, long classes)
        where T : Operation =>
        table.Add<T>((op, e) => e.Replace(op, new LL.IsFPClassOp(op.Location, e.Get(op.OpOperands[0].Value), classes)));

    // clampf(x, lo, hi) → minnumf(maxnumf(x, lo), hi)
    private static void Clamp(ClampFOp op, LlvmEmitter e)
    {
        var flags = ArithToLlvm.Flags(op.Fastmath);
        var raised = ArithToLlvm.Number(e, e.Get(op.Value), e.Get(op.Min), flags, greater: true);
        e.Set(op.Result, ArithToLlvm.Number(e, raised, e.Get(op.Max), flags, greater: false));
    }

    // rsqrt(x) → 1 / sqrt(x)
    private static void Rsqrt(RsqrtOp op, LlvmEmitter e)
    {
        var root = e.Emit(new LL.SqrtOp(op.Location, e.Get(op.OpOperands[0].Value)));
        IrAttribute one = root.Type is VectorType vector
            ? DenseElementsAttr.Splat(vector, FloatAttr.Get((FloatType)vector.ElementType, 1))
            : FloatAttr.Get((FloatType)root.Type, 1);
        e.Replace(op, new LL.FDivOp(op.Location, e.Emit(new LL.ConstantOp(op.Location, one, root.Type)), root));
    }
}
