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

    /// <summary>Yields the destination's element plus the product of the inputs' elements.</summary>
    public static void MultiplyAdd(Region body, IEnumerable<IrType> operandTypes, Location location)
    {
        var block = body.AddBlock([.. operandTypes.Select(ShapeFacts.ElementOf)]);
        var builder = new OpBuilder(block);
        var (a, b, c) = (
            block.Arguments[0],
            block.Arguments[System.Math.Min(1, block.Arguments.Count - 1)],
            block.Arguments[^1]
        );
        Value sum =
            a.Type is FloatType
                ? builder.Insert(new AddFOp(location, c, builder.Insert(new MulFOp(location, a, b)).Result)).Result
                : builder.Insert(new AddIOp(location, c, builder.Insert(new MulIOp(location, a, b)).Result)).Result;
        builder.Insert(new YieldOp(location, [sum]));
    }
}
