namespace Mlir.Dialects.Vector;

/// <summary>Rules that several operations share.</summary>
internal static class VectorAccess
{
    /// <summary>Checks an access of <paramref name="vector"/> to an array at <paramref name="indices"/>.</summary>
    public static void Verify(
        Operation op,
        MemRefType array,
        OperandList indices,
        VectorType vector,
        OpVerifier verifier
    )
    {
        if (array.ElementType is not VectorType && array.ElementType != vector.ElementType)
        {
            verifier.Error(op, "base and result element type should match");
        }

        if (indices.Count != array.Rank)
        {
            verifier.Error(op, $"requires {array.Rank} indices");
        }

        if (array.StridesAndOffset is not { } layout || (array.Rank > 0 && layout.Strides[^1] != 1))
        {
            verifier.Error(op, "most minor memref dim must have unit stride");
        }
    }

    /// <summary>Checks that <paramref name="mask"/> has the shape of <paramref name="vector"/>.</summary>
    public static void VerifyMask(Operation op, VectorType mask, VectorType vector, OpVerifier verifier)
    {
        if (mask.Shape != vector.Shape || mask.ScalableDims != vector.ScalableDims)
        {
            verifier.Error(op, $"expected the shape of {mask} to match that of {vector}");
        }
    }

    /// <summary>The type of the part of <paramref name="vector"/> behind <paramref name="depth"/> subscripts.</summary>
    public static IrType PartType(VectorType vector, int depth) =>
        depth >= vector.Rank ? vector.ElementType : VectorType.Get(vector.Shape.Span[depth..], vector.ElementType);

    /// <summary>Checks that <paramref name="part"/> is the type of the part of <paramref name="vector"/> at the position.</summary>
    public static void VerifyPosition(
        Operation op,
        VectorType vector,
        DenseArrayAttr position,
        OperandList dynamic,
        IrType part,
        OpVerifier verifier
    )
    {
        var indices = position.Values;
        if (indices.Span.Count(ShapedType.Dynamic) != dynamic.Count)
        {
            verifier.Error(
                op,
                "mismatch between dynamic and static positions (kDynamic marker but no corresponding dynamic position)"
            );
            return;
        }

        if (indices.Count > vector.Rank)
        {
            verifier.Error(
                op,
                $"expected position attribute rank {indices.Count} to be no greater than the vector rank {vector.Rank}"
            );
            return;
        }

        for (var i = 0; i < indices.Count; i++)
        {
            if (indices[i] != ShapedType.Dynamic && (indices[i] < -1 || indices[i] >= vector.Shape[i]))
            {
                verifier.Error(
                    op,
                    $"expected position attribute #{i + 1} to be a non-negative integer smaller than the corresponding vector dimension or poison (-1)"
                );
                return;
            }
        }

        if (part != PartType(vector, indices.Count) && part is not VectorType { ElementCount: 1 })
        {
            verifier.Error(
                op,
                $"the part of {vector} at {indices.Count} subscripts has type {PartType(vector, indices.Count)}, not {part}"
            );
        }
    }
}
