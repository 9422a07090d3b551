using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>Turns the operators of <see cref="Real"/>, <see cref="Bits"/> and <see cref="Flag"/> into operations.</summary>
/// <param name="builder">Where they go.</param>
/// <param name="location">The place of the operation that is expanded.</param>
/// <param name="shape">The vector type of the operands, whose shape all values share; null for scalars.</param>
internal sealed class Emitter(OpBuilder builder, Location location, VectorType? shape)
{
    private Dictionary<TypedAttr, Value> _constants = [];

    /// <summary>Inserts an operation with one result.</summary>
    public Value Insert(Operation op) => builder.Insert(op).Result0;

    /// <summary>The type of a value whose elements have the given type.</summary>
    public IrType TypeOf(IrType element) => shape is null ? element : shape.With(shape.Shape.Span, element);

    /// <summary>A constant, made once.</summary>
    public Value Constant(TypedAttr scalar)
    {
        var value = shape is null ? scalar : DenseElementsAttr.Splat((ShapedType)TypeOf(scalar.Type), scalar);
        if (!_constants.TryGetValue(value, out var known))
        {
            _constants[value] = known = Insert(new ConstantOp(location, value));
        }

        return known;
    }

    /// <summary>A constant in every lane.</summary>
    public Real Constant(double value, RealFormat format) =>
        new(this, Constant(FloatAttr.Get(format.Type, value)), format);

    /// <summary>A constant in every lane.</summary>
    public Bits Constant(long value, int width) =>
        new(this, Constant(IntegerAttr.Get(IntegerType.Get(width), value)), width);

    /// <summary>Emits an operation of one operand.</summary>
    public Real Apply(RealOperation operation, Real x)
    {
        var v = x.Value;
        return new(
            this,
            Insert(
                operation switch
                {
                    RealOperation.Negate => new NegFOp(location, v),
                    RealOperation.Abs => new AbsFOp(location, v),
                    RealOperation.Sqrt => new SqrtOp(location, v),
                    RealOperation.Trunc => new TruncOp(location, v),
                    _ => throw new ArgumentOutOfRangeException(nameof(operation)),
                }
            ),
            x.Format
        );
    }

    /// <summary>Emits an operation of two operands.</summary>
    public Real Apply(RealOperation operation, Real a, Real b)
    {
        Value x = a.Value,
            y = b.Value;
        return new(
            this,
            Insert(
                operation switch
                {
                    RealOperation.Add => new AddFOp(location, x, y),
                    RealOperation.Subtract => new SubFOp(location, x, y),
                    RealOperation.Multiply => new MulFOp(location, x, y),
                    RealOperation.Divide => new DivFOp(location, x, y),
                    RealOperation.CopySign => new CopySignOp(location, x, y),
                    _ => throw new ArgumentOutOfRangeException(nameof(operation)),
                }
            ),
            a.Format
        );
    }

    /// <summary>Emits an operation of two integers.</summary>
    public Bits Apply(BitsOperation operation, Bits a, Bits b) =>
        new(this, Apply(operation, a.Value, b.Value), a.Width);

    /// <summary>Emits an operation of two truth values.</summary>
    public Flag Apply(BitsOperation operation, Flag a, Flag b) => new(this, Apply(operation, a.Value, b.Value));

    /// <summary>a · b + c, rounded once.</summary>
    public Real Fma(Real a, Real b, Real c) =>
        new(this, Insert(new FmaOp(location, a.Value, b.Value, c.Value)), a.Format);

    /// <summary>Compares two numbers.</summary>
    public Flag Compare(RealComparison comparison, Real a, Real b) =>
        new(
            this,
            Insert(
                new CmpFOp(
                    location,
                    a.Value,
                    b.Value,
                    comparison switch
                    {
                        RealComparison.Less => CmpFPredicate.OLt,
                        RealComparison.LessOrEqual => CmpFPredicate.OLe,
                        RealComparison.Equal => CmpFPredicate.OEq,
                        RealComparison.NotEqual => CmpFPredicate.UNe,
                        RealComparison.Unordered => CmpFPredicate.Uno,
                        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
                    }
                )
            )
        );

    /// <summary>Compares two integers.</summary>
    public Flag Compare(BitsComparison comparison, Bits a, Bits b) =>
        new(
            this,
            Insert(
                new CmpIOp(
                    location,
                    a.Value,
                    b.Value,
                    comparison switch
                    {
                        BitsComparison.Equal => CmpIPredicate.Eq,
                        BitsComparison.NotEqual => CmpIPredicate.Ne,
                        BitsComparison.SignedLess => CmpIPredicate.Slt,
                        BitsComparison.UnsignedLess => CmpIPredicate.Ult,
                        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
                    }
                )
            )
        );

    /// <summary>One of two numbers in each lane.</summary>
    public Real Select(Flag condition, Real a, Real b) => new(this, Select(condition, a.Value, b.Value), a.Format);

    /// <summary>One of two integers in each lane.</summary>
    public Bits Select(Flag condition, Bits a, Bits b) => new(this, Select(condition, a.Value, b.Value), a.Width);

    /// <summary>A number's bits.</summary>
    public Bits Bitcast(Real x) =>
        new(this, Insert(new BitcastOp(location, x.Value, TypeOf(IntegerType.Get(x.Format.Width)))), x.Format.Width);

    /// <summary>The number that has some bits.</summary>
    public Real Bitcast(Bits x)
    {
        var format = x.Width == 64 ? RealFormat.Double : RealFormat.Single;
        return new(this, Insert(new BitcastOp(location, x.Value, TypeOf(format.Type))), format);
    }

    /// <summary>Converts between formats; narrowing rounds to nearest even.</summary>
    public Real Convert(Real x, RealFormat format)
    {
        if (x.Format == format)
        {
            return x;
        }

        var type = TypeOf(format.Type);
        return new(
            this,
            Insert(
                format.Width > x.Format.Width
                    ? new ExtFOp(location, x.Value, type)
                    : new TruncFOp(location, x.Value, type)
            ),
            format
        );
    }

    /// <summary>A 32-bit integer extended to 64 bits with zeros.</summary>
    public Bits ZeroExtend(Bits x) => new(this, Insert(new ExtUIOp(location, x.Value, TypeOf(IntegerType.I64))), 64);

    /// <summary>The low 32 bits of a 64-bit integer.</summary>
    public Bits Truncate(Bits x) => new(this, Insert(new TruncIOp(location, x.Value, TypeOf(IntegerType.I32))), 32);

    /// <summary>A signed integer as a number.</summary>
    public Real FromSigned(Bits x, RealFormat format) =>
        new(this, Insert(new SIToFPOp(location, x.Value, TypeOf(format.Type))), format);

    /// <summary>
    /// Numbers that are costly to compute where a condition holds, and others at hand where it does not. For scalars this is an
    /// <c>scf.if</c> without side effects, so that a vectoriser may run it when the condition holds in any lane and select; for vectors
    /// both are computed.
    /// </summary>
    public Real[] If(Flag condition, Func<Real[]> rare, params Real[] common)
    {
        if (shape is not null)
        {
            var chosen = rare();
            return [.. common.Select((c, i) => Select(condition, chosen[i], c))];
        }

        var types = Array.ConvertAll(common, c => c.Value.Type);
        var branch = builder.Insert(IfOp.Create(location, condition.Value, types));
        branch.SetAttribute(IfOp.WeightsName, DenseArrayAttr.I32([1, 2000]));
        var place = builder.Save();
        var outer = _constants;
        _constants = new(outer);
        builder.SetInsertionPointToEnd(branch.ThenBlock);
        builder.Insert(new YieldOp(location, Array.ConvertAll(rare(), r => r.Value)));
        _constants = outer;
        builder.SetInsertionPointToEnd(branch.ElseBlock!);
        builder.Insert(new YieldOp(location, Array.ConvertAll(common, c => c.Value)));
        builder.Restore(place);
        return [.. common.Select((c, i) => new Real(this, branch.Results[i], c.Format))];
    }

    /// <summary>A loop that runs a fixed number of times and carries values; scalars and vectors alike.</summary>
    public IReadOnlyList<Value> Repeat(int count, Func<IReadOnlyList<Value>, Value[]> body, params Value[] initial)
    {
        Value Index(long value) =>
            builder.Insert(new ConstantOp(location, IntegerAttr.Get(IndexType.Instance, value))).Result0;
        var loop = builder.Insert(ForOp.Create(location, Index(0), Index(count), Index(1), initial));
        var place = builder.Save();
        var outer = _constants;
        _constants = new(outer);
        builder.SetInsertionPointToEnd(loop.Body);
        builder.Insert(new YieldOp(location, body([.. loop.RegionIterArgs])));
        builder.Restore(place);
        _constants = outer;
        return loop.Results;
    }

    private Value Select(Flag condition, Value a, Value b) => Insert(new SelectOp(location, condition.Value, a, b));

    private Value Apply(BitsOperation operation, Value x, Value y) =>
        Insert(
            operation switch
            {
                BitsOperation.Add => new AddIOp(location, x, y),
                BitsOperation.Subtract => new SubIOp(location, x, y),
                BitsOperation.Multiply => new MulIOp(location, x, y),
                BitsOperation.And => new AndIOp(location, x, y),
                BitsOperation.Or => new OrIOp(location, x, y),
                BitsOperation.Xor => new XOrIOp(location, x, y),
                BitsOperation.ShiftLeft => new ShLIOp(location, x, y),
                BitsOperation.ShiftRight => new ShRUIOp(location, x, y),
                BitsOperation.ShiftRightSigned => new ShRSIOp(location, x, y),
                _ => throw new ArgumentOutOfRangeException(nameof(operation)),
            }
        );
}
