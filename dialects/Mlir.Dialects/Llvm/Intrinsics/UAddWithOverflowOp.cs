namespace Mlir.Dialects.Llvm;

/// <summary>Unsigned addition and whether it overflowed.</summary>
/// <example><code>%r = "llvm.intr.uadd.with.overflow"(%a, %b) : (i32, i32) -> !llvm.struct&lt;(i32, i1)></code></example>
[Op("llvm.intr.uadd.with.overflow")]
public sealed partial class UAddWithOverflowOp : Operation, IPure, ICommutative
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmInteger>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The wrapped value and whether it overflowed.</summary>
    [Result<LlvmStruct>(InferredBy = nameof(ResultType))]
    public partial OpResult Res { get; }

    private static IrType ResultType(Value lhs, Value rhs) => LlvmShapes.WithOverflow(lhs.Type);
}
