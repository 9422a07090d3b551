using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Compares floats.</summary>
/// <example><code>%c = llvm.fcmp "olt" %a, %b : f64</code></example>
[Op("llvm.fcmp")]
public sealed partial class FCmpOp : Operation, IPure, IElementwise
{
    /// <summary>The left operand.</summary>
    [Operand<LlvmFloat>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<LlvmFloat>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>How the operands are compared.</summary>
    [Attr(Type = "i64")]
    public partial FCmpPredicate Predicate { get; }

    /// <summary>What the operation may assume.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>Whether the predicate holds.</summary>
    [Result<LlvmBool>(InferredBy = nameof(BoolType))]
    public partial OpResult Res { get; }

    /// <summary>The comparison of <paramref name="lhs"/> with <paramref name="rhs"/>.</summary>
    public FCmpOp(Location location, FCmpPredicate predicate, Value lhs, Value rhs)
        : this(location, lhs, rhs, predicate) { }

    internal static IrType BoolType(Value lhs, Value rhs) => LlvmShapes.WithElement(lhs.Type, IntegerType.I1);

    /// <summary>Parses the predicate, the operands and their type.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state) =>
        ComparisonForm.Parse<FCmpPredicate>(parser, state);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => ComparisonForm.Print(printer, this, Predicate);
}
