namespace Mlir.Dialects.Llvm;

/// <summary>Any value of LLVM IR.</summary>
internal sealed class LlvmValue : ITypeConstraint
{
    public static string Description => "a type of LLVM IR";

    public static bool IsSatisfiedBy(IrType type) => LlvmType.IsCompatible(type);
}

/// <summary>A signless integer or a vector of them.</summary>
internal sealed class LlvmInteger : ITypeConstraint
{
    public static string Description => "a signless integer or a vector of them";

    public static bool IsSatisfiedBy(IrType type) =>
        LlvmShapes.Scalar(type) is IntegerType { Signedness: Signedness.Signless };
}

/// <summary>A float of LLVM IR or a vector of them.</summary>
internal sealed class LlvmFloat : ITypeConstraint
{
    public static string Description => "a float of LLVM IR or a vector of them";

    public static bool IsSatisfiedBy(IrType type) => LlvmShapes.Scalar(type) is FloatType f && LlvmType.IsCompatible(f);
}

/// <summary>A pointer.</summary>
internal sealed class LlvmPointer : ITypeConstraint
{
    public static string Description => "an LLVM pointer";

    public static bool IsSatisfiedBy(IrType type) => type is LlvmPointerType;
}

/// <summary>A pointer or a vector of them.</summary>
internal sealed class LlvmPointerLike : ITypeConstraint
{
    public static string Description => "an LLVM pointer or a vector of them";

    public static bool IsSatisfiedBy(IrType type) => LlvmShapes.Scalar(type) is LlvmPointerType;
}

/// <summary>An integer, a pointer or a vector of them: what <c>icmp</c> compares.</summary>
internal sealed class LlvmIntegerOrPointer : ITypeConstraint
{
    public static string Description => "a signless integer, an LLVM pointer or a vector of them";

    public static bool IsSatisfiedBy(IrType type) =>
        LlvmInteger.IsSatisfiedBy(type) || LlvmPointerLike.IsSatisfiedBy(type);
}

/// <summary>A truth value or a vector of them.</summary>
internal sealed class LlvmBool : ITypeConstraint
{
    public static string Description => "i1 or a vector of i1";

    public static bool IsSatisfiedBy(IrType type) => LlvmShapes.Scalar(type) is IntegerType { Width: 1 };
}

/// <summary><c>i1</c> alone.</summary>
internal sealed class LlvmI1 : ITypeConstraint
{
    public static string Description => "i1";

    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Width: 1 };
}

/// <summary>A byte.</summary>
internal sealed class LlvmI8 : ITypeConstraint
{
    public static string Description => "i8";

    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Width: 8 };
}

/// <summary>A signless integer that is not a vector.</summary>
internal sealed class LlvmScalarInteger : ITypeConstraint
{
    public static string Description => "a signless integer";

    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Signedness: Signedness.Signless };
}

/// <summary>A float that is not a vector.</summary>
internal sealed class LlvmScalarFloat : ITypeConstraint
{
    public static string Description => "a float of LLVM IR";

    public static bool IsSatisfiedBy(IrType type) => type is FloatType && LlvmType.IsCompatible(type);
}

/// <summary>A vector.</summary>
internal sealed class LlvmVector : ITypeConstraint
{
    public static string Description => "a vector of LLVM IR";

    public static bool IsSatisfiedBy(IrType type) => type is VectorType && LlvmType.IsCompatible(type);
}

/// <summary>A vector of integers.</summary>
internal sealed class LlvmIntegerVector : ITypeConstraint
{
    public static string Description => "a vector of signless integers";

    public static bool IsSatisfiedBy(IrType type) => type is VectorType && LlvmInteger.IsSatisfiedBy(type);
}

/// <summary>A vector of floats.</summary>
internal sealed class LlvmFloatVector : ITypeConstraint
{
    public static string Description => "a vector of floats";

    public static bool IsSatisfiedBy(IrType type) => type is VectorType && LlvmFloat.IsSatisfiedBy(type);
}

/// <summary>A vector of truth values.</summary>
internal sealed class LlvmMask : ITypeConstraint
{
    public static string Description => "a vector of i1";

    public static bool IsSatisfiedBy(IrType type) => type is VectorType { ElementType: IntegerType { Width: 1 } };
}

/// <summary>A structure or an array.</summary>
internal sealed class LlvmAggregate : ITypeConstraint
{
    public static string Description => "an LLVM structure or array";

    public static bool IsSatisfiedBy(IrType type) => type is LlvmStructType or LlvmArrayType;
}

/// <summary>A structure.</summary>
internal sealed class LlvmStruct : ITypeConstraint
{
    public static string Description => "an LLVM structure";

    public static bool IsSatisfiedBy(IrType type) => type is LlvmStructType;
}
