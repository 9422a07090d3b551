namespace Mlir.Dialects;

/// <summary>Questions about types that many operations ask.</summary>
public static class TypeFacts
{
    /// <summary>The element type of a vector or tensor (ranked or not), any other type itself: what an elementwise operation computes with.</summary>
    public static IrType ScalarOf(IrType type) =>
        type switch
        {
            VectorType vector => vector.ElementType,
            RankedTensorType tensor => tensor.ElementType,
            UnrankedTensorType tensor => tensor.ElementType,
            _ => type,
        };

    /// <summary>The type with <paramref name="scalar"/> in place of the scalars of <paramref name="type"/>: same container and shape.</summary>
    public static IrType WithScalar(IrType type, IrType scalar) =>
        type switch
        {
            VectorType vector => vector.With(vector.Shape.Span, scalar),
            RankedTensorType tensor => tensor.With(tensor.Shape.Span, scalar),
            UnrankedTensorType => UnrankedTensorType.Get(scalar),
            _ => scalar,
        };

    /// <summary><c>i1</c> in the container and shape of <paramref name="type"/>: the type of a comparison.</summary>
    public static IrType BoolsLike(IrType type) => WithScalar(type, IntegerType.I1);

    /// <summary>The bits of a signless integer or float; 64 for <c>index</c>; 0 for types without a fixed width.</summary>
    public static int BitWidth(IrType type) =>
        type switch
        {
            IndexType => 64,
            IntegerType integer => integer.Width,
            FloatType real => real.Width,
            _ => 0,
        };
}
