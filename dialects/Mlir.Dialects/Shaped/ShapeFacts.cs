namespace Mlir.Dialects;

/// <summary>Questions about shaped types that several dialects ask.</summary>
internal static class ShapeFacts
{
    /// <summary>The element type of a shaped type; the type itself otherwise.</summary>
    public static IrType ElementOf(IrType type) => type is ShapedType shaped ? shaped.ElementType : type;

    /// <summary>Whether values of the two shapes may be the same at run time: equal ranks, and equal sizes where both are known.</summary>
    public static bool AreCompatible(ShapedType left, ShapedType right)
    {
        if (!left.HasRank || !right.HasRank)
        {
            return true;
        }

        if (left.Rank != right.Rank)
        {
            return false;
        }

        for (var i = 0; i < left.Rank; i++)
        {
            if (!left.IsDynamicDim(i) && !right.IsDynamicDim(i) && left.Shape[i] != right.Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Checks that there is a value for each dynamic size of <paramref name="type"/>.</summary>
    public static void VerifyDynamicSizes(Operation op, OperandList sizes, ShapedType type, OpVerifier verifier)
    {
        if (sizes.Count != type.DynamicDimCount)
        {
            verifier.Error(
                op,
                $"incorrect number of dynamic sizes, has {sizes.Count}, expected {type.DynamicDimCount}"
            );
        }
    }

    /// <summary>Checks that there is a subscript for each dimension of <paramref name="type"/>.</summary>
    public static void VerifyIndices(Operation op, OperandList indices, ShapedType type, OpVerifier verifier)
    {
        if (indices.Count != type.Rank)
        {
            verifier.Error(op, $"incorrect number of indices, has {indices.Count}, expected {type.Rank}");
        }
    }

    /// <summary>The value of dynamic size number <paramref name="dim"/>, which must be dynamic, among <paramref name="sizes"/>.</summary>
    public static Value? DynamicSize(ShapedType type, OperandList sizes, int dim)
    {
        var index = type.Shape.Span[..dim].Count(ShapedType.Dynamic);
        return index < sizes.Count ? sizes[index] : null;
    }

    /// <summary>Whether <paramref name="alignment"/> is absent or a power of two.</summary>
    public static void VerifyAlignment(Operation op, long? alignment, OpVerifier verifier)
    {
        if (alignment is { } a && (a <= 0 || (a & (a - 1)) != 0))
        {
            verifier.Error(op, "alignment must be power of two");
        }
    }
}
