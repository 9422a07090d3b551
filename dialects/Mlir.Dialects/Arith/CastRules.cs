namespace Mlir.Dialects.Arith;

/// <summary>What casts demand of their operand and result types.</summary>
internal static class CastRules
{
    /// <summary>The result's scalars must be wider.</summary>
    public static void Widens(Operation op, Value input, Value output, OpVerifier verifier) =>
        Check(op, input, output, verifier, static (from, to) => TypeFacts.BitWidth(from) < TypeFacts.BitWidth(to));

    /// <summary>The result's scalars must be narrower.</summary>
    public static void Narrows(Operation op, Value input, Value output, OpVerifier verifier) =>
        Check(op, input, output, verifier, static (from, to) => TypeFacts.BitWidth(from) > TypeFacts.BitWidth(to));

    /// <summary>Container and shape must agree.</summary>
    public static void SameShape(Operation op, Value input, Value output, OpVerifier verifier) =>
        Check(op, input, output, verifier, static (_, _) => true);

    /// <summary>Exactly one side must be <c>index</c>.</summary>
    public static void IndexCast(Operation op, Value input, Value output, OpVerifier verifier) =>
        Check(op, input, output, verifier, static (from, to) => from is IndexType != to is IndexType);

    /// <summary>Both sides must have one width, and neither may be <c>index</c>.</summary>
    public static void Bitcast(Operation op, Value input, Value output, OpVerifier verifier) =>
        Check(
            op,
            input,
            output,
            verifier,
            static (from, to) =>
                from is not IndexType && to is not IndexType && TypeFacts.BitWidth(from) == TypeFacts.BitWidth(to)
        );

    private static void Check(
        Operation op,
        Value input,
        Value output,
        OpVerifier verifier,
        Func<IrType, IrType, bool> compatible
    )
    {
        if (!SameContainer(input.Type, output.Type))
        {
            verifier.Error(op, "failed to verify that input and output have the same shape");
        }
        else if (!compatible(Scalar(input.Type), Scalar(output.Type)))
        {
            verifier.Error(op, $"operand type '{input.Type}' and result type '{output.Type}' are cast incompatible");
        }
    }

    private static IrType Scalar(IrType type) =>
        type is MemRefType memref ? memref.ElementType : TypeFacts.ScalarOf(type);

    private static bool SameContainer(IrType from, IrType to) =>
        (from, to) switch
        {
            (MemRefType a, MemRefType b) => a.Shape.Equals(b.Shape)
                && Equals(a.Layout, b.Layout)
                && Equals(a.MemorySpace, b.MemorySpace),
            _ => TypeFacts.WithScalar(from, NoneType.Instance) == TypeFacts.WithScalar(to, NoneType.Instance),
        };
}
