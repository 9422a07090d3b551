using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Linalg;

/// <summary>The bodies of the named operations.</summary>
internal static class NamedBodies
{
    /// <summary>Yields the element of the first input.</summary>
    public static void First(Region body, IEnumerable<IrType> operandTypes, Location location)
    {
        var block = body.AddBlock([.. operandTypes.Select(ShapeFacts.ElementOf)]);
        block.Insert(new YieldOp(location, [block.Arguments[0]]));
    }

    /// <summary>Yields the destination's element plus the product of the inputs' elements, which are first cast to its type.</summary>
    public static void MultiplyAdd(Region body, IEnumerable<IrType> operandTypes, Location location)
    {
        var block = body.AddBlock([.. operandTypes.Select(ShapeFacts.ElementOf)]);
        var builder = new OpBuilder(block);
        var c = block.Arguments[^1];
        var a = Cast(builder, location, block.Arguments[0], c.Type);
        var b = Cast(builder, location, block.Arguments[System.Math.Min(1, block.Arguments.Count - 1)], c.Type);
        Value sum =
            c.Type is FloatType
                ? builder.Insert(new AddFOp(location, c, builder.Insert(new MulFOp(location, a, b)).Result)).Result
                : builder.Insert(new AddIOp(location, c, builder.Insert(new MulIOp(location, a, b)).Result)).Result;
        builder.Insert(new YieldOp(location, [sum]));
    }

    // Upstream's default: integers count as signed.
    private static Value Cast(OpBuilder builder, Location location, Value value, IrType type) =>
        (value.Type, type) switch
        {
            (FloatType from, FloatType to) when from.Width < to.Width => builder
                .Insert(new ExtFOp(location, value, type))
                .Results[0],
            (FloatType from, FloatType to) when from.Width > to.Width => builder
                .Insert(new TruncFOp(location, value, type))
                .Results[0],
            (IntegerType from, IntegerType to) when from.Width < to.Width => builder
                .Insert(new ExtSIOp(location, value, type))
                .Results[0],
            (IntegerType from, IntegerType to) when from.Width > to.Width => builder
                .Insert(new TruncIOp(location, value, type))
                .Results[0],
            (IntegerType, FloatType) => builder.Insert(new SIToFPOp(location, value, type)).Results[0],
            (FloatType, IntegerType) => builder.Insert(new FPToSIOp(location, value, type)).Results[0],
            _ => value,
        };
}
