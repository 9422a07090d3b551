namespace Mlir.Dialects.Llvm;

/// <summary>What conversions between types must satisfy.</summary>
internal static class LlvmCasts
{
    /// <summary>Both are scalars, or vectors of one length.</summary>
    public static void VerifyShape(Operation op, IrType from, IrType to, OpVerifier verifier)
    {
        if (!LlvmShapes.SameShape(from, to))
        {
            verifier.Error(op, $"cannot convert {from} to {to}: the shapes differ");
        }
    }

    /// <summary>The result has fewer bits than the operand.</summary>
    public static void VerifyNarrower(Operation op, IrType from, IrType to, OpVerifier verifier)
    {
        VerifyShape(op, from, to, verifier);
        if (LlvmShapes.Width(to) >= LlvmShapes.Width(from))
        {
            verifier.Error(op, $"result type {to} must be narrower than operand type {from}");
        }
    }

    /// <summary>The result has more bits than the operand.</summary>
    public static void VerifyWider(Operation op, IrType from, IrType to, OpVerifier verifier)
    {
        VerifyShape(op, from, to, verifier);
        if (LlvmShapes.Width(to) <= LlvmShapes.Width(from))
        {
            verifier.Error(op, $"result type {to} must be wider than operand type {from}");
        }
    }

    /// <summary>Both take the same number of bits, and pointers stay pointers of one address space.</summary>
    public static void VerifySameBits(Operation op, IrType from, IrType to, OpVerifier verifier)
    {
        var (source, target) = (LlvmShapes.Scalar(from), LlvmShapes.Scalar(to));
        if (source is LlvmPointerType || target is LlvmPointerType)
        {
            if (source is not LlvmPointerType || target is not LlvmPointerType)
            {
                verifier.Error(op, "can only cast pointers from and to pointers");
            }
            else if (source != target)
            {
                verifier.Error(
                    op,
                    "cannot cast pointers of different address spaces, use 'llvm.addrspacecast' instead"
                );
            }

            return;
        }

        var (bits, wanted) = (Bits(from), Bits(to));
        if (bits == 0 || wanted == 0 || bits != wanted)
        {
            verifier.Error(op, $"cannot read the bits of {from} as {to}");
        }
    }

    private static long Bits(IrType type) =>
        LlvmShapes.Width(type) * (type is VectorType vector ? vector.ElementCount : 1);
}
