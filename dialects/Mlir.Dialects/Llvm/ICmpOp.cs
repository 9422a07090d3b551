using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Compares integers or pointers.</summary>
/// <example><code>%c = llvm.icmp "slt" %a, %b : i32</code></example>
[Op("llvm.icmp")]
public sealed partial class ICmpOp : Operation, IPure, IElementwise
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmIntegerOrPointer>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmIntegerOrPointer>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>How the operands are compared.</summary>
    [Attr(Type = "i64")]
    public partial ICmpPredicate Predicate { get; }

    /// <summary>Whether the predicate holds.</summary>
    [Result<LlvmBool>(InferredBy = nameof(BoolType))]
    public partial OpResult Res { get; }

    /// <summary>The comparison of <paramref name="lhs"/> with <paramref name="rhs"/>.</summary>
    public ICmpOp(Location location, ICmpPredicate predicate, Value lhs, Value rhs)
        : this(location, lhs, rhs, predicate) { }

    internal static IrType BoolType(Value lhs, Value rhs) => LlvmShapes.WithElement(lhs.Type, IntegerType.I1);

    /// <summary>Parses the predicate, the operands and their type.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state) =>
        ComparisonForm.Parse<ICmpPredicate>(parser, state);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => ComparisonForm.Print(printer, this, Predicate);
}
