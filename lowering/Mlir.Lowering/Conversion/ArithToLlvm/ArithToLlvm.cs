using Mlir.Dialects.Arith;
using Mlir.IR;
using Mlir.Lowering.Gpu;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>Arithmetic: nearly every operation has one of LLVM of the same meaning.</summary>
internal static class ArithToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        table.Add<ConstantOp>(Constant);
        AddIntegers(table);
        AddFloats(table);
        AddCasts(table);
        table.Add<CmpIOp>(
            (op, e) =>
                e.Replace(op, new LL.ICmpOp(op.Location, (LL.ICmpPredicate)op.Predicate, e.Get(op.Lhs), e.Get(op.Rhs)))
        );
        table.Add<CmpFOp>(
            (op, e) =>
                e.Replace(
                    op,
                    new LL.FCmpOp(
                        op.Location,
                        e.Get(op.Lhs),
                        e.Get(op.Rhs),
                        (LL.FCmpPredicate)op.Predicate,
                        Flags(op.Fastmath)
                    )
                )
        );
        table.Add<SelectOp>(Select);
    }

    /// <summary>LLVM's flags for <paramref name="flags"/>; the two number them differently.</summary>
    public static LL.FastmathFlags Flags(FastMathFlags flags) =>
        (flags.HasFlag(FastMathFlags.Reassoc) ? LL.FastmathFlags.Reassoc : 0)
        | (flags.HasFlag(FastMathFlags.Nnan) ? LL.FastmathFlags.Nnan : 0)
        | (flags.HasFlag(FastMathFlags.Ninf) ? LL.FastmathFlags.Ninf : 0)
        | (flags.HasFlag(FastMathFlags.Nsz) ? LL.FastmathFlags.Nsz : 0)
        | (flags.HasFlag(FastMathFlags.Arcp) ? LL.FastmathFlags.Arcp : 0)
        | (flags.HasFlag(FastMathFlags.Contract) ? LL.FastmathFlags.Contract : 0)
        | (flags.HasFlag(FastMathFlags.Afn) ? LL.FastmathFlags.Afn : 0);

    private static LL.IntegerOverflowFlags Flags(IntegerOverflowFlags flags) => (LL.IntegerOverflowFlags)flags;

    private static void AddIntegers(ConversionTable table)
    {
        table.Add<AddIOp>(
            (op, e) => e.Replace(op, new LL.AddOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.OverflowFlags)))
        );
        table.Add<SubIOp>(
            (op, e) => e.Replace(op, new LL.SubOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.OverflowFlags)))
        );
        table.Add<MulIOp>(
            (op, e) => e.Replace(op, new LL.MulOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.OverflowFlags)))
        );
        table.Add<ShLIOp>(
            (op, e) => e.Replace(op, new LL.ShlOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.OverflowFlags)))
        );
        table.Add<ShRSIOp>((op, e) => e.Replace(op, new LL.AShrOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<ShRUIOp>((op, e) => e.Replace(op, new LL.LShrOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<DivSIOp>((op, e) => e.Replace(op, new LL.SDivOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<DivUIOp>((op, e) => e.Replace(op, new LL.UDivOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<RemSIOp>((op, e) => e.Replace(op, new LL.SRemOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<RemUIOp>((op, e) => e.Replace(op, new LL.URemOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<AndIOp>((op, e) => e.Replace(op, new LL.AndOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<OrIOp>((op, e) => e.Replace(op, new LL.OrOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<XOrIOp>((op, e) => e.Replace(op, new LL.XOrOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<MaxSIOp>((op, e) => e.Replace(op, new LL.SMaxOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<MaxUIOp>((op, e) => e.Replace(op, new LL.UMaxOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<MinSIOp>((op, e) => e.Replace(op, new LL.SMinOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<MinUIOp>((op, e) => e.Replace(op, new LL.UMinOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs))));
        table.Add<CeilDivSIOp>((op, e) => e.Set(op.Result, RoundedDivision(e, e.Get(op.Lhs), e.Get(op.Rhs), up: true)));
        table.Add<FloorDivSIOp>(
            (op, e) => e.Set(op.Result, RoundedDivision(e, e.Get(op.Lhs), e.Get(op.Rhs), up: false))
        );
        table.Add<CeilDivUIOp>(CeilDivUnsigned);
        table.Add<AddUIExtendedOp>(AddExtended);
        table.Add<MulSIExtendedOp>((op, e) => MultiplyExtended(op, e, op.Lhs, op.Rhs, op.Low, op.High, signed: true));
        table.Add<MulUIExtendedOp>((op, e) => MultiplyExtended(op, e, op.Lhs, op.Rhs, op.Low, op.High, signed: false));
    }

    private static void AddFloats(ConversionTable table)
    {
        table.Add<AddFOp>(
            (op, e) => e.Replace(op, new LL.FAddOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath)))
        );
        table.Add<SubFOp>(
            (op, e) => e.Replace(op, new LL.FSubOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath)))
        );
        table.Add<MulFOp>(
            (op, e) => e.Replace(op, new LL.FMulOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath)))
        );
        table.Add<DivFOp>(
            (op, e) => e.Replace(op, new LL.FDivOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath)))
        );
        table.Add<RemFOp>(
            (op, e) => e.Replace(op, new LL.FRemOp(op.Location, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath)))
        );
        table.Add<NegFOp>((op, e) => e.Replace(op, new LL.FNegOp(op.Location, e.Get(op.Operand), Flags(op.Fastmath))));
        table.Add<MaximumFOp>(
            (op, e) => e.Set(op.Result, Extreme(e, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath), greater: true))
        );
        table.Add<MinimumFOp>(
            (op, e) => e.Set(op.Result, Extreme(e, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath), greater: false))
        );
        table.Add<MaxNumFOp>(
            (op, e) => e.Set(op.Result, Number(e, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath), greater: true))
        );
        table.Add<MinNumFOp>(
            (op, e) => e.Set(op.Result, Number(e, e.Get(op.Lhs), e.Get(op.Rhs), Flags(op.Fastmath), greater: false))
        );
    }

    /// <summary>The greater or lesser of two floats, of a NaN and a number the number; -0 is less than +0, which LLVM's own leaves open.</summary>
    // maxnumf(a, b) → a is a NaN ? b : b is a NaN ? a : maximum(a, b)
    public static Value Number(LlvmEmitter e, Value a, Value b, LL.FastmathFlags flags, bool greater)
    {
        if (flags.HasFlag(LL.FastmathFlags.Nsz) && e.Module.Gpu is not GpuTarget.Spirv)
        {
            return e.Emit(
                greater ? new LL.MaxNumOp(e.Location, a, b, flags) : new LL.MinNumOp(e.Location, a, b, flags)
            );
        }

        var ordered = Extreme(e, a, b, flags, greater);
        if (flags.HasFlag(LL.FastmathFlags.Nnan))
        {
            return ordered;
        }

        var first = e.Emit(new LL.FCmpOp(e.Location, LL.FCmpPredicate.Uno, a, a));
        var second = e.Emit(new LL.FCmpOp(e.Location, LL.FCmpPredicate.Uno, b, b));
        return e.Emit(new LL.SelectOp(e.Location, first, b, e.Emit(new LL.SelectOp(e.Location, second, a, ordered))));
    }

    /// <summary>The greater or lesser of two floats, a NaN when one is a NaN; -0 is less than +0.</summary>
    // on SPIR-V, whose own lose NaNs: maximum(a, b) → unordered ? a + b : equal ? the bits that both have : a > b ? a : b
    private static Value Extreme(LlvmEmitter e, Value a, Value b, LL.FastmathFlags flags, bool greater)
    {
        if (e.Module.Gpu is not GpuTarget.Spirv || a.Type is not FloatType type)
        {
            return e.Emit(
                greater ? new LL.MaximumOp(e.Location, a, b, flags) : new LL.MinimumOp(e.Location, a, b, flags)
            );
        }

        var whole = IntegerType.Get(type.Width);
        var (x, y) = (e.Emit(new LL.BitcastOp(e.Location, a, whole)), e.Emit(new LL.BitcastOp(e.Location, b, whole)));
        var bits = e.Emit(greater ? new LL.AndOp(e.Location, x, y) : new LL.OrOp(e.Location, x, y));
        var first = e.Emit(new LL.FCmpOp(e.Location, greater ? LL.FCmpPredicate.Ogt : LL.FCmpPredicate.Olt, a, b));
        var larger = e.Emit(new LL.SelectOp(e.Location, first, a, b));
        var equal = e.Emit(new LL.FCmpOp(e.Location, LL.FCmpPredicate.Oeq, a, b));
        var number = e.Emit(
            new LL.SelectOp(e.Location, equal, e.Emit(new LL.BitcastOp(e.Location, bits, type)), larger)
        );
        var unordered = e.Emit(new LL.FCmpOp(e.Location, LL.FCmpPredicate.Uno, a, b));
        return e.Emit(new LL.SelectOp(e.Location, unordered, e.Emit(new LL.FAddOp(e.Location, a, b)), number));
    }

    private static void AddCasts(ConversionTable table)
    {
        table.Add<ExtSIOp>(
            (op, e) => e.Replace(op, new LL.SExtOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<ExtUIOp>(
            (op, e) => e.Replace(op, new LL.ZExtOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<TruncIOp>(
            (op, e) =>
                e.Replace(
                    op,
                    new LL.TruncOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op), Flags(op.OverflowFlags))
                )
        );
        table.Add<ExtFOp>(
            (op, e) => e.Replace(op, new LL.FPExtOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<TruncFOp>(
            (op, e) => e.Replace(op, new LL.FPTruncOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<SIToFPOp>(
            (op, e) => e.Replace(op, new LL.SIToFPOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<UIToFPOp>(
            (op, e) => e.Replace(op, new LL.UIToFPOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<FPToSIOp>(
            (op, e) => e.Replace(op, new LL.FPToSIOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<FPToUIOp>(
            (op, e) => e.Replace(op, new LL.FPToUIOp(op.Location, e.Get(op.In), LlvmEmitter.TypeOf(op.Out, op)))
        );
        table.Add<BitcastOp>(
            (op, e) =>
                Retype(
                    e,
                    op.Out,
                    e.Get(op.In),
                    LlvmEmitter.TypeOf(op.Out, op),
                    (v, t) => new LL.BitcastOp(op.Location, v, t)
                )
        );
        table.Add<IndexCastOp>((op, e) => Resize(e, op, op.In, op.Out, signed: true));
        table.Add<IndexCastUIOp>((op, e) => Resize(e, op, op.In, op.Out, signed: false));
    }

    private static void Retype(
        LlvmEmitter e,
        Value old,
        Value value,
        IrType type,
        Func<Value, IrType, Operation> make
    ) => e.Set(old, value.Type == type ? value : e.Emit(make(value, type)));

    private static void Resize(LlvmEmitter e, Operation op, Value from, Value to, bool signed)
    {
        var value = e.Get(from);
        var type = LlvmEmitter.TypeOf(to, op);
        var (width, wanted) = (Bits(value.Type), Bits(type));
        e.Set(
            to,
            (wanted - width) switch
            {
                0 => value,
                < 0 => e.Emit(new LL.TruncOp(op.Location, value, type)),
                _ when signed => e.Emit(new LL.SExtOp(op.Location, value, type)),
                _ => e.Emit(new LL.ZExtOp(op.Location, value, type)),
            }
        );
    }

    private static int Bits(IrType type) =>
        ((IntegerType)(type is VectorType vector ? vector.ElementType : type)).Width;

    private static void Constant(ConstantOp op, LlvmEmitter e)
    {
        var type = LlvmEmitter.TypeOf(op.Result, op);
        switch (op.Value)
        {
            case IntegerAttr integer:
                e.Set(op.Result, e.Constant(type, integer.Value));
                break;

            case DenseElementsAttr dense when type != op.Result.Type:
                e.Replace(
                    op,
                    new LL.ConstantOp(op.Location, DenseElementsAttr.Get((VectorType)type, dense.Data.Span), type)
                );
                break;

            default:
                e.Replace(op, new LL.ConstantOp(op.Location, op.Value, type));
                break;
        }
    }

    private static void Select(SelectOp op, LlvmEmitter e)
    {
        if (op.Result.Type is MemRefType)
        {
            throw ConversionException.For(op, "a choice between arrays has no single address");
        }

        e.Replace(op, new LL.SelectOp(op.Location, e.Get(op.Condition), e.Get(op.TrueValue), e.Get(op.FalseValue)));
    }

    private static Value Splat(LlvmEmitter e, IrType type, Int128 value) =>
        type is VectorType vector
            ? e.Emit(
                new LL.ConstantOp(
                    e.Location,
                    DenseElementsAttr.Splat(vector, IntegerAttr.Get(vector.ElementType, value)),
                    vector
                )
            )
            : e.Constant(type, value);

    // ceildiv(a, b) → a / b + (a % b ≠ 0 and the signs of a % b and b agree);  floordiv(a, b) → a / b - (a % b ≠ 0 and they differ)
    private static Value RoundedDivision(LlvmEmitter e, Value a, Value b, bool up)
    {
        var type = a.Type;
        var zero = Splat(e, type, 0);
        var quotient = e.Emit(new LL.SDivOp(e.Location, a, b));
        var remainder = e.Emit(new LL.SRemOp(e.Location, a, b));
        var inexact = e.Emit(new LL.ICmpOp(e.Location, LL.ICmpPredicate.Ne, remainder, zero));
        var signs = e.Emit(new LL.XOrOp(e.Location, remainder, b));
        var agree = e.Emit(new LL.ICmpOp(e.Location, up ? LL.ICmpPredicate.Sge : LL.ICmpPredicate.Slt, signs, zero));
        var adjust = Widen(e, e.Emit(new LL.AndOp(e.Location, inexact, agree)), type);
        return up
            ? e.Emit(new LL.AddOp(e.Location, quotient, adjust))
            : e.Emit(new LL.SubOp(e.Location, quotient, adjust));
    }

    // ceildivui(a, b) → a / b + (a % b ≠ 0)
    private static void CeilDivUnsigned(CeilDivUIOp op, LlvmEmitter e)
    {
        var (a, b) = (e.Get(op.Lhs), e.Get(op.Rhs));
        var quotient = e.Emit(new LL.UDivOp(op.Location, a, b));
        var remainder = e.Emit(new LL.URemOp(op.Location, a, b));
        var inexact = e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Ne, remainder, Splat(e, a.Type, 0)));
        e.Set(op.Result, e.Emit(new LL.AddOp(op.Location, quotient, Widen(e, inexact, a.Type))));
    }

    private static Value Widen(LlvmEmitter e, Value truth, IrType type) =>
        truth.Type == type ? truth : e.Emit(new LL.ZExtOp(e.Location, truth, type));

    // addui_extended(a, b) → a + b, and whether it is less than a
    private static void AddExtended(AddUIExtendedOp op, LlvmEmitter e)
    {
        var (a, b) = (e.Get(op.Lhs), e.Get(op.Rhs));
        var sum = e.Emit(new LL.AddOp(op.Location, a, b));
        e.Set(op.Sum, sum);
        e.Set(op.Overflow, e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Ult, sum, a)));
    }

    // mul_extended(a, b) → both halves of the product in twice the width
    private static void MultiplyExtended(
        Operation op,
        LlvmEmitter e,
        Value left,
        Value right,
        Value low,
        Value high,
        bool signed
    )
    {
        var (a, b) = (e.Get(left), e.Get(right));
        var width = Bits(a.Type);
        var narrow = a.Type;
        var wideElement = IntegerType.Get(2 * width);
        IrType wide = narrow is VectorType vector ? vector.With(vector.Shape.Span, wideElement) : wideElement;
        if (2 * width > 128)
        {
            throw ConversionException.For(op, $"the product of two values of {width} bits is wider than 128 bits");
        }

        var x = e.Emit(signed ? new LL.SExtOp(op.Location, a, wide) : new LL.ZExtOp(op.Location, a, wide));
        var y = e.Emit(signed ? new LL.SExtOp(op.Location, b, wide) : new LL.ZExtOp(op.Location, b, wide));
        var product = e.Emit(new LL.MulOp(op.Location, x, y));
        e.Set(low, e.Emit(new LL.TruncOp(op.Location, product, narrow)));
        var shifted = e.Emit(new LL.LShrOp(op.Location, product, Splat(e, wide, width)));
        e.Set(high, e.Emit(new LL.TruncOp(op.Location, shifted, narrow)));
    }
}
