namespace Mlir.Dialects.Llvm;

/// <summary>Questions about types that several operations ask.</summary>
internal static class LlvmShapes
{
    /// <summary>The element type of a vector, the type itself otherwise.</summary>
    public static IrType Scalar(IrType type) => type is VectorType vector ? vector.ElementType : type;

    /// <summary><paramref name="element"/> in the shape of <paramref name="like"/>: a vector of it where that is a vector.</summary>
    public static IrType WithElement(IrType like, IrType element) =>
        like is VectorType vector ? vector.With(vector.Shape.Span, element) : element;

    /// <summary>Whether both are scalars, or vectors of one length.</summary>
    public static bool SameShape(IrType left, IrType right) =>
        (left, right) switch
        {
            (VectorType l, VectorType r) => l.Shape == r.Shape && l.ScalableDims == r.ScalableDims,
            (VectorType, _) or (_, VectorType) => false,
            _ => true,
        };

    /// <summary>The number of bits of a scalar integer or float; 0 for other types.</summary>
    public static int Width(IrType type) =>
        Scalar(type) switch
        {
            IntegerType i => i.Width,
            FloatType f => f.Width,
            _ => 0,
        };

    /// <summary>The type of the part of <paramref name="container"/> at <paramref name="position"/>; null when there is none.</summary>
    public static IrType? TypeAt(IrType container, ReadOnlySpan<long> position)
    {
        foreach (var index in position)
        {
            IrType? next = container switch
            {
                LlvmStructType s when index >= 0 && index < s.Elements.Count => s.Elements[(int)index],
                LlvmArrayType a when index >= 0 && index < a.Count => a.ElementType,
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            container = next;
        }

        return container;
    }

    /// <summary>The structure <c>{value, i1}</c> that arithmetic with overflow returns.</summary>
    public static LlvmStructType WithOverflow(IrType value) =>
        LlvmStructType.Get([value, WithElement(value, IntegerType.I1)]);
}
