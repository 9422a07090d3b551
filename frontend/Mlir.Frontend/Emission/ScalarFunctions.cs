using System.Collections.Frozen;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>
/// The one table of named functions: <c>Math</c>, <c>MathF</c>, the static methods of the numeric types, <c>BitOperations</c> and <c>Tensor</c>
/// share most names, and a name means the same everywhere.
/// </summary>
internal static class ScalarFunctions
{
    private static readonly Func<ScalarType, bool> Any = static t => t.Kind != ScalarKind.Bool;
    private static readonly Func<ScalarType, bool> Floats = static t => t.IsFloat;
    private static readonly Func<ScalarType, bool> Integers = static t => t.IsInteger;
    private static readonly Func<ScalarType, bool> Signed = static t => t.IsSigned;

    private static readonly FrozenDictionary<(string, int), ScalarFunction> Table = Build();

    /// <summary>The function of this name and number of operands, or null.</summary>
    public static ScalarFunction? Find(string name, int arity) => Table.GetValueOrDefault((name, arity));

    private static FrozenDictionary<(string, int), ScalarFunction> Build()
    {
        var table = new Dictionary<(string, int), ScalarFunction>();
        void Add(string names, ScalarFunction function)
        {
            foreach (var name in names.Split(' '))
            {
                table.Add((name, function.Arity), function);
            }
        }

        void Unary(
            string names,
            Func<Arithmetic, Value, ScalarType, Value> emit,
            Func<ScalarType, bool> accepts,
            Func<ScalarType, bool>? canFail = null
        ) => Add(names, new ScalarFunction((a, x, t) => emit(a, x[0], t), 1, accepts, canFail));
        void Binary(
            string names,
            Func<Arithmetic, Value, Value, ScalarType, Value> emit,
            Func<ScalarType, bool> accepts,
            Func<ScalarType, bool>? canFail = null
        ) => Add(names, new ScalarFunction((a, x, t) => emit(a, x[0], x[1], t), 2, accepts, canFail));
        void Op(string name, Func<Location, Value, Operation> make) =>
            Unary(name, (a, x, _) => a.Emit(make(a.Location, x)), Floats);

        // One operation of the math dialect each.
        Op("Acos", (l, x) => new AcosOp(l, x));
        Op("Acosh", (l, x) => new AcoshOp(l, x));
        Op("Asin", (l, x) => new AsinOp(l, x));
        Op("Asinh", (l, x) => new AsinhOp(l, x));
        Op("Atan", (l, x) => new AtanOp(l, x));
        Op("Atanh", (l, x) => new AtanhOp(l, x));
        Op("Cbrt", (l, x) => new CbrtOp(l, x));
        Op("Ceiling", (l, x) => new CeilOp(l, x));
        Op("Cos", (l, x) => new CosOp(l, x));
        Op("Cosh", (l, x) => new CoshOp(l, x));
        Op("Exp", (l, x) => new ExpOp(l, x));
        Op("Exp2", (l, x) => new Exp2Op(l, x));
        Op("ExpM1", (l, x) => new ExpM1Op(l, x));
        Op("Floor", (l, x) => new FloorOp(l, x));
        Op("Log", (l, x) => new LogOp(l, x));
        Op("Log10", (l, x) => new Log10Op(l, x));
        Op("Log2", (l, x) => new Log2Op(l, x));
        Op("LogP1", (l, x) => new Log1pOp(l, x));
        Op("Round", (l, x) => new RoundEvenOp(l, x));
        Op("Sin", (l, x) => new SinOp(l, x));
        Op("Sinh", (l, x) => new SinhOp(l, x));
        Op("Sqrt", (l, x) => new SqrtOp(l, x));
        Op("Tan", (l, x) => new TanOp(l, x));
        Op("Tanh", (l, x) => new TanhOp(l, x));
        Op("Truncate", (l, x) => new TruncOp(l, x));
        Binary("Atan2", (a, y, x, _) => a.Emit(new Atan2Op(a.Location, y, x)), Floats);
        Binary("Pow", (a, x, y, _) => a.Emit(new PowFOp(a.Location, x, y)), Floats);
        Binary(
            "CopySign",
            (a, x, y, t) =>
                t.IsFloat ? a.Emit(new CopySignOp(a.Location, x, y))
                : t.IsSigned ? CopySign(a, x, y, t)
                : x,
            Any,
            Signed
        );

        // Composed of those.
        Unary("AcosPi", (a, x, t) => OverPi(a, a.Emit(new AcosOp(a.Location, x)), t), Floats);
        Unary("AsinPi", (a, x, t) => OverPi(a, a.Emit(new AsinOp(a.Location, x)), t), Floats);
        Unary("AtanPi", (a, x, t) => OverPi(a, a.Emit(new AtanOp(a.Location, x)), t), Floats);
        Binary("Atan2Pi", (a, y, x, t) => OverPi(a, a.Emit(new Atan2Op(a.Location, y, x)), t), Floats);
        Unary("SinPi", (a, x, t) => a.SinCosPi(x, t, cosine: false), Floats);
        Unary("CosPi", (a, x, t) => a.SinCosPi(x, t, cosine: true), Floats);
        Unary(
            "TanPi",
            (a, x, t) => a.Divide(a.SinCosPi(x, t, cosine: false), a.SinCosPi(x, t, cosine: true), t),
            Floats
        );
        Unary("Exp10", (a, x, _) => Exp10(a, x), Floats);
        Unary("Exp10M1", (a, x, t) => a.PowerM1(x, t, 10, wide => Exp10(a, wide)), Floats);
        Unary("Exp2M1", (a, x, t) => a.PowerM1(x, t, 2, wide => a.Emit(new Exp2Op(a.Location, wide))), Floats);
        Unary(
            "Log10P1",
            (a, x, t) => a.Multiply(a.Emit(new Log1pOp(a.Location, x)), a.Float(1 / Math.Log(10), x), t),
            Floats
        );
        Unary(
            "Log2P1",
            (a, x, t) => a.Multiply(a.Emit(new Log1pOp(a.Location, x)), a.Float(1 / Math.Log(2), x), t),
            Floats
        );
        Binary("Log", (a, x, b, t) => a.LogOfBase(x, b, t), Floats);
        Binary("Hypot", (a, x, y, t) => a.Hypot(x, y, t), Floats);
        Binary("Ieee754Remainder IEEERemainder", (a, x, y, t) => a.Ieee754Remainder(x, y, t), Floats);
        Unary(
            "Sigmoid",
            (a, x, t) =>
                a.Divide(a.Float(1, x), a.Add(a.Float(1, x), a.Emit(new ExpOp(a.Location, a.Negate(x, t))), t), t),
            Floats
        );
        Unary("Reciprocal", (a, x, t) => a.Divide(a.Float(1, x), x, t), Floats);
        Unary("DegreesToRadians", (a, x, t) => a.TimesOver(x, t, Math.PI, 180), Floats);
        Unary("RadiansToDegrees", (a, x, t) => a.TimesOver(x, t, 180, Math.PI), Floats);
        Add("FusedMultiplyAdd", new ScalarFunction((a, x, _) => a.FusedMultiplyAdd(x[0], x[1], x[2]), 3, Floats));
        Add("MultiplyAddEstimate", new ScalarFunction((a, x, _) => a.FusedMultiplyAdd(x[0], x[1], x[2]), 3, Floats));
        Add("Lerp", new ScalarFunction((a, x, t) => a.Lerp(x[0], x[1], x[2], t), 3, Floats));

        // By bits and powers of two.
        Unary("ILogB", (a, x, t) => a.ILogB(x, t), Floats);
        Unary("BitIncrement", (a, x, t) => a.NextToward(x, t, up: true), Floats);
        Unary("BitDecrement", (a, x, t) => a.NextToward(x, t, up: false), Floats);
        Add("ScaleB", new ScalarFunction((a, x, t) => a.ScaleB(x[0], x[1], t), 2, Floats, null, 1));
        Add("RootN", new ScalarFunction((a, x, t) => a.RootN(x[0], x[1], t), 2, Floats, null, 1));
        Unary("ReciprocalSqrt ReciprocalSqrtEstimate", (a, x, t) => a.ReciprocalSqrt(x, t), Floats);
        Unary("ReciprocalEstimate", (a, x, t) => a.Divide(a.Float(1, x), x, t), Floats);

        // Arithmetic by name.
        Add("MultiplyAdd", new ScalarFunction((a, x, t) => a.Add(a.Multiply(x[0], x[1], t), x[2], t), 3, Any));
        Add("AddMultiply", new ScalarFunction((a, x, t) => a.Multiply(a.Add(x[0], x[1], t), x[2], t), 3, Any));
        Binary("Add", (a, x, y, t) => a.Add(x, y, t), Any);
        Binary("Subtract", (a, x, y, t) => a.Subtract(x, y, t), Any);
        Binary("Multiply", (a, x, y, t) => a.Multiply(x, y, t), Any);
        Binary("Divide", (a, x, y, t) => a.Divide(x, y, t), Any, Integers);
        Binary("Remainder", (a, x, y, t) => a.Remainder(x, y, t), Any, Integers);
        Unary("Negate", (a, x, t) => a.Negate(x, t), Any);
        Unary("Increment", (a, x, t) => a.Add(x, One(a, x, t), t), Any);
        Unary("Decrement", (a, x, t) => a.Subtract(x, One(a, x, t), t), Any);
        Binary("BitwiseAnd", (a, x, y, t) => a.OnBits(x, y, t, a.And), static _ => true);
        Binary("BitwiseOr", (a, x, y, t) => a.OnBits(x, y, t, a.Or), static _ => true);
        Binary("Xor", (a, x, y, t) => a.OnBits(x, y, t, a.Xor), static _ => true);
        Unary("OnesComplement", (a, x, t) => a.OnBits(x, x, t, (bits, _) => a.Complement(bits)), Any);
        Add("ShiftLeft", new ScalarFunction((a, x, t) => a.ShiftLeft(x[0], x[1], t), 2, Integers, null, 1));
        Add("ShiftRightArithmetic", new ScalarFunction((a, x, t) => a.ShiftRight(x[0], x[1], t), 2, Integers, null, 1));
        Add(
            "ShiftRightLogical",
            new ScalarFunction((a, x, t) => a.ShiftRightLogical(x[0], x[1], t), 2, Integers, null, 1)
        );
        Add("RotateLeft", new ScalarFunction((a, x, t) => a.Rotate(x[0], x[1], t, left: true), 2, Integers, null, 1));
        Add("RotateRight", new ScalarFunction((a, x, t) => a.Rotate(x[0], x[1], t, left: false), 2, Integers, null, 1));
        Unary("PopCount", (a, x, _) => a.Emit(new CtPopOp(a.Location, x)), Integers);
        Unary("LeadingZeroCount", (a, x, _) => a.Emit(new CountLeadingZerosOp(a.Location, x)), Integers);
        Unary("TrailingZeroCount", (a, x, _) => a.Emit(new CountTrailingZerosOp(a.Location, x)), Integers);

        // Order and magnitude.
        Unary("Abs", (a, x, t) => a.Abs(x, t), Any, Signed);
        Binary("Max", (a, x, y, t) => a.Max(x, y, t), Any);
        Binary("Min", (a, x, y, t) => a.Min(x, y, t), Any);
        Binary("MaxNumber", (a, x, y, t) => a.MaxNumber(x, y, t), Any);
        Binary("MinNumber", (a, x, y, t) => a.MinNumber(x, y, t), Any);
        Binary("MaxMagnitude", (a, x, y, t) => a.Magnitude(x, y, t, larger: true, number: false), Any);
        Binary("MinMagnitude", (a, x, y, t) => a.Magnitude(x, y, t, larger: false, number: false), Any);
        Binary("MaxMagnitudeNumber", (a, x, y, t) => a.Magnitude(x, y, t, larger: true, number: true), Any);
        Binary("MinMagnitudeNumber", (a, x, y, t) => a.Magnitude(x, y, t, larger: false, number: true), Any);
        Unary("Sign", (a, x, t) => a.Sign(x, t), Any, Floats);
        Add("Clamp", new ScalarFunction((a, x, t) => a.Clamp(x[0], x[1], x[2], t), 3, Any, Any));

        // Tests.
        void Test(string name, Func<Arithmetic, Value, ScalarType, Value> ofFloats, bool ofIntegers) =>
            Unary(name, (a, x, t) => t.IsFloat ? ofFloats(a, x, t) : a.Constant(IntegerAttr.Get(ofIntegers), x), Any);
        Test("IsNaN", (a, x, _) => a.IsNaN(x), false);
        Test("IsFinite", (a, x, _) => a.IsFinite(x), true);
        Test("IsInfinity", (a, x, _) => a.IsInfinity(x), false);
        Test(
            "IsPositiveInfinity",
            (a, x, t) => a.Compare(ScalarComparison.Equal, x, a.Float(double.PositiveInfinity, x), t),
            false
        );
        Test(
            "IsNegativeInfinity",
            (a, x, t) => a.Compare(ScalarComparison.Equal, x, a.Float(double.NegativeInfinity, x), t),
            false
        );
        Test("IsSubnormal", (a, x, t) => a.IsSubnormal(x, t), false);
        Unary(
            "IsNormal",
            (a, x, t) => t.IsFloat ? a.IsNormal(x, t) : a.Compare(ScalarComparison.NotEqual, x, a.Int(0, x), t),
            Any
        );
        Unary("IsNegative", (a, x, t) => a.IsNegative(x, t), Any);
        Unary("IsPositive", (a, x, t) => a.Not(a.IsNegative(x, t)), Any);
        Unary("IsEvenInteger", (a, x, t) => a.IsEvenInteger(x, t), Any);
        Unary("IsOddInteger", (a, x, t) => a.IsOddInteger(x, t), Any);
        Unary("IsInteger", (a, x, t) => a.IsInteger(x, t), Any);
        Unary(
            "IsZero",
            (a, x, t) => a.Compare(ScalarComparison.Equal, x, t.IsFloat ? a.Float(0, x) : a.Int(0, x), t),
            Any
        );
        Unary("IsPow2", (a, x, t) => a.IsPow2(x, t), Any);
        Unary("IsRealNumber", (a, x, t) => t.IsFloat ? a.Not(a.IsNaN(x)) : a.Constant(IntegerAttr.True, x), Any);
        Unary("IsCanonical", (a, x, _) => a.Constant(IntegerAttr.True, x), Any);
        Unary("IsComplexNumber IsImaginaryNumber", (a, x, _) => a.Constant(IntegerAttr.False, x), Any);
        Binary("Equals", (a, x, y, t) => a.Compare(ScalarComparison.Equal, x, y, t), static _ => true);
        Binary("GreaterThan", (a, x, y, t) => a.Compare(ScalarComparison.Greater, x, y, t), Any);
        Binary("GreaterThanOrEqual", (a, x, y, t) => a.Compare(ScalarComparison.GreaterOrEqual, x, y, t), Any);
        Binary("LessThan", (a, x, y, t) => a.Compare(ScalarComparison.Less, x, y, t), Any);
        Binary("LessThanOrEqual", (a, x, y, t) => a.Compare(ScalarComparison.LessOrEqual, x, y, t), Any);
        return table.ToFrozenDictionary();
    }

    private static Value OverPi(Arithmetic a, Value x, ScalarType type) => a.Divide(x, a.Float(Math.PI, x), type);

    private static Value One(Arithmetic a, Value x, ScalarType type) => type.IsFloat ? a.Float(1, x) : a.Int(1, x);

    private static Value Exp10(Arithmetic a, Value x) => a.Emit(new PowFOp(a.Location, a.Float(10, x), x));

    /// <summary>The magnitude of x with the sign of y; the minimum has no positive counterpart and fails there.</summary>
    private static Value CopySign(Arithmetic a, Value x, Value y, ScalarType type)
    {
        var magnitude = a.Emit(new AbsIOp(a.Location, x));
        var positive = a.Compare(ScalarComparison.GreaterOrEqual, y, a.Int(0, y), type);
        var fits = a.Compare(ScalarComparison.GreaterOrEqual, magnitude, a.Int(0, x), type);
        a.Assert(
            a.Or(a.Not(positive), fits),
            "System.OverflowException: Negating the minimum value of a twos complement number is invalid."
        );
        return a.Select(positive, magnitude, a.Negate(magnitude, type));
    }
}
