using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>ipowi by repeated squaring over the bits of the exponent, wrapping as multiplication does.</summary>
internal static class IntegerPower
{
    /// <summary>x^n: for negative n the integer part, so 1 for x = 1, ±1 for x = −1, and 0 for every other x.</summary>
    public static Value[]? Expand(Operation op, Emitter emitter)
    {
        Value x = op.Operands[0],
            n = op.Operands[1];
        if ((x.Type is ShapedType shaped ? shaped.ElementType : x.Type) is not IntegerType { Width: <= 64 } type)
        {
            return null;
        }

        var location = op.Location;
        Value Constant(long value) => emitter.Constant(IntegerAttr.Get(type, value));
        Value Compare(Value a, Value b, CmpIPredicate predicate) =>
            emitter.Insert(new CmpIOp(location, a, b, predicate));
        Value Select(Value condition, Value a, Value b) => emitter.Insert(new SelectOp(location, condition, a, b));

        Value zero = Constant(0),
            one = Constant(1);
        var power = emitter.Repeat(
            type.Width,
            carried =>
            {
                Value result = carried[0],
                    square = carried[1],
                    rest = carried[2];
                var odd = Compare(emitter.Insert(new AndIOp(location, rest, one)), zero, CmpIPredicate.Ne);
                return
                [
                    Select(odd, emitter.Insert(new MulIOp(location, result, square)), result),
                    emitter.Insert(new MulIOp(location, square, square)),
                    emitter.Insert(new ShRUIOp(location, rest, one)),
                ];
            },
            one,
            x,
            n
        )[0];

        // The bits of a negative exponent, read as a larger one, have the right parity for x = ±1 already.
        var unit = emitter.Insert(
            new OrIOp(location, Compare(x, one, CmpIPredicate.Eq), Compare(x, Constant(-1), CmpIPredicate.Eq))
        );
        var keep = emitter.Insert(new OrIOp(location, unit, Compare(n, zero, CmpIPredicate.Sge)));
        return [Select(keep, power, zero)];
    }
}
